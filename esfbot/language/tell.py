"""Which of the two languages a text is written in."""

from esfbot.language.words import Word

# Frequent words that only one of the languages has, folded.
_SWEDISH = frozenset(
    """
    agare ager alla ar av beratta budgeten dem den deras det du efter en ett fick finns fran galler ge handlar
    har hej hejsan hjalper hur inte jag jamfor kan kommun kontakt kontaktperson kostade kostar lage lan ligger
    lista malen manga med mejl mellan mer mig mycket nagon nagot nar ni och om pa projekt projektet ringer
    sammanfatta ska slutade som startade stod syftet tack telefonnummer till under vad var varfor vart vem vems
    vilka vilkas vilken vilket visa
    """.split()
)
_ENGLISH = frozenset(
    """
    a about after and any are average before between can compare contact could county did do does from funding
    get give goals got had has have hello help helps hi how in is it its list long many more most me much municipality
    number of only owner people person phone please project projects purpose ran run show summarise summarize summary
    tell than thanks that the their them there this those to was were what when where which who why with you
    """.split()
)


def tell(words: tuple[Word, ...], otherwise: str = "sv") -> str:
    """Return ``sv`` or ``en``; ``otherwise`` where the words speak for neither."""
    swedish = sum(word.folded in _SWEDISH for word in words)
    # A word with diacritics is none of the English ones that it folds to: än is not an.
    english = sum(word.text.isascii() and word.folded in _ENGLISH for word in words)
    if swedish == english:
        return otherwise
    return "sv" if swedish > english else "en"
