"""Which of the two languages a text is written in."""

from esfbot.language.words import Word

# Frequent words that only one of the languages has, folded.
_SWEDISH = frozenset(
    "vad vem vilka vilket vilken hur nar var jag ar och for pa av till som det den ett en med har fick finns hjalper projekt "
    "projektet om ska inte kan fran vilkas budgeten kontaktperson kontakt handlar lista alla visa mycket manga ringer mejl "
    "telefonnummer slutade startade stod under efter over mellan sammanfatta beratta syftet malen jamfor kommun lan "
    "hej hejsan tack an mer kostade kostar vart ge mig du ni nagon nagot deras dem och vems vilkas varfor galler ligger lage agare ager".split()
)
_ENGLISH = frozenset(
    "hello hi thanks what who which when where how the is are was were of and for to did does do with has have had get got from it its "
    "this that there any projects project about list show tell me people help helps phone number contact person budget give "
    "much many long ran run between after before in compare summary summarise summarize why can you could please a an "
    "funding owner their them purpose goals county municipality".split()
)
_BOTH = _SWEDISH & _ENGLISH


def tell(words: tuple[Word, ...], otherwise: str = "sv") -> str:
    """Return ``sv`` or ``en``; ``otherwise`` where the words speak for neither."""
    swedish = sum(word.folded in _SWEDISH - _BOTH for word in words)
    # A word with diacritics is none of the English ones that it folds to: än is not an.
    english = sum(word.text.isascii() and word.folded in _ENGLISH - _BOTH for word in words)
    if swedish == english:
        return otherwise
    return "sv" if swedish > english else "en"
