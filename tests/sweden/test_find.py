"""Places in running text: what is found, how it is read, and what is left alone."""

import time
from collections.abc import Iterator

import pytest

from esfbot.language.words import fold, split
from esfbot.sweden.find import PlaceMention, find_places
from esfbot.sweden.places import Place, PlaceKind, gazetteer

MUNICIPALITIES = [place for place in gazetteer().by_code.values() if place.kind is PlaceKind.MUNICIPALITY]


def find(text: str) -> tuple[PlaceMention, ...]:
    return find_places(split(text))


def codes(text: str) -> list[str]:
    """The codes of each mention, joined by +, misspelt ones marked by ~."""
    return [("" if m.exact else "~") + "+".join(place.code for place in m.places) for m in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stockholm", ["0180+01+SE11"]),
        ("Stockholms kommun", ["0180"]),
        ("Stockholms stad", ["0180"]),
        ("Stockholms län", ["01"]),
        ("stockholms lan", ["01"]),
        ("Stockholm lån", ["0180+01+SE11"]),
        ("Kalmar", ["0880+08"]),
        ("Kalmar county", ["08"]),
        ("Region Kalmar", ["08"]),
        ("Region Kalmar län", ["08"]),
        ("Kalmar municipality", ["0880"]),
        ("municipality of Kalmar", ["0880"]),
        ("kommunen Kalmar", ["0880"]),
        ("county of Kalmar", ["08"]),
        ("city of Gothenburg", ["1480"]),
        ("Landstinget i Kalmar", ["08"]),
        ("Länsstyrelsen Stockholm", ["01"]),
        ("region Stockholm", ["01+SE11"]),
        ("the Stockholm region", ["01+SE11"]),
        ("Region Gotland", ["0980+09"]),
        ("Värmland", ["17"]),
        ("Värmland county", ["17"]),
        ("Region Värmland", ["17"]),
        ("Värmlands kommun", ["17"]),
        ("region Norra Mellansverige", ["SE31"]),
        ("VGR", ["14"]),
        ("Västra Götalandsregionen", ["14"]),
        ("Region Jämtland Härjedalen", ["23"]),
        ("Skåne-Blekinge", ["SE22"]),
        ("Småland & Öarna", ["SE21"]),
    ],
)
def test_readings(text: str, expected: list[str]) -> None:
    """A mention has all places that its name may mean, and only the kind that the words beside it allow."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vem är kontaktperson i Ludvika?", ["2085"]),
        ("Ludvikas projekt", ["2085"]),
        ("Vårgårda kommuns budget", ["1442"]),
        ("Dalarnas län", ["20"]),
        ("Smedjebackens kommun – vem är kontaktperson?", ["2061"]),
        ("Umeå:s projekt", ["2480"]),
        ("Arvika's projects", ["1784"]),
        ("kontakt i Hagfors", ["1783"]),
        ("Grums kommun", ["1764"]),
        ("Borås Stads projekt", ["1490"]),
        ("Norra Mellansveriges projekt", ["SE31"]),
        ("kontakt i Saffle", ["1785"]),
        ("Goteborg", ["1480"]),
        ("Goeteborg", ["1480"]),
        ("projekt i OREBRO", ["1880+18"]),
        ("UMEAA", ["2480"]),
        ("contact in Gothenburg", ["1480"]),
        ("projects in East Middle Sweden", ["SE12"]),
        ("Östra mellan sverige", ["SE12"]),
        ("norramellansverige", ["SE31"]),
        ("öster götland", ["05"]),
        ("kontakt i Katrine holm", ["0483"]),
        ("Upplands väsby", ["0114"]),
        ("Malung - Sälen", ["2023"]),
        ("malungsälen", ["2023"]),
        ("Östra Göinge", ["1256"]),
        ("karta över Kalix", ["2514"]),
        ("Överkalix", ["2513"]),
        ("kontakt i Håbo", ["0305"]),
        ("kontakt i Habo", ["0643"]),
        ("Deltar Försäkringskassan Borlänge?", ["2081"]),
    ],
)
def test_ways_of_writing(text: str, expected: list[str]) -> None:
    """Genitives, letter case, missing diacritics, ae and oe, English names and other spacing are exact."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vem är kontaktperson i Hedemroa", ["~2083"]),
        ("telefon nummer karlskogga", ["~1883"]),
        ("projekt i Norköping", ["~0581"]),
        ("Götebrog", ["~1480"]),
        ("kontakt i öGteborg", ["~1480"]),
        ("Hedemroas kommun", ["~2083"]),
        ("väster götaland", ["~14"]),
        ("norra melansverige", ["~SE31"]),
        ("lila edet", ["~1462"]),
        ("kontakt i Arvka", ["~1784"]),
        ("Arvka", ["~1784"]),
        ("Arvka kommun har vilka projekt egentligen", ["~1784"]),
        ("Ludvikå", ["~2085"]),
        ("kontakt i arvka, eda eller kil", ["~1784", "1730", "1715"]),
    ],
)
def test_misspelt(text: str, expected: list[str]) -> None:
    """One slip from five letters and two from eight are read over, and said so."""
    assert [code for code in codes(text) if code] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lindköping",  # Linköping, Lidköping
        "Solla",  # Solna, Sollefteå, Sollentuna
        "contact in Solla",
        "hur går det för arvka numera",  # six letters and no cue
        "telefon till Jiruna",  # the first letter is wrong
        "projekt i Helsingfors",
        "Götaland",
        "Anna Hallberg har vilket telefonnummer",
        "Vem är Karin Karlstads",
        "kontakt i Bornholm",
        "projekt i en bostad",
        "projekt i skolan",
    ],
)
def test_no_guess(text: str) -> None:
    """A word as near to two places, too far from any, or a word of its own is no misspelt place."""
    assert [m for m in find(text) if not m.exact] == []


def test_known_words_are_not_misspelt() -> None:
    """A word that the caller knows is no misspelt place, but names spelt right are found all the same."""
    words = split("Hedemroa och Hedemora")
    assert [m.text for m in find_places(words, known=lambda word: word.startswith("hedem"))] == ["Hedemora"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mora", ["Mora"]),
        ("mora?", ["mora"]),
        ("vara kommun", ["vara kommun"]),
        ("Kil och Eda", ["Kil", "Eda"]),
        ("Mora då?", ["Mora"]),
        ("och i mora då", ["mora"]),
        ("budget för Vara?", ["Vara"]),
        ("Vad är budgeten för Lund?", ["Lund"]),
        ("hur många projekt har Mark", ["Mark"]),
        ("projekt i mark", ["mark"]),
        ("kontakt mora", ["mora"]),
        ("Mora kontakt", ["Mora"]),
        ("projekt i vara", ["vara"]),
        ("från ale till avesta", ["ale", "avesta"]),
        ("eda kommun", ["eda kommun"]),
        ("kommunen sala", ["kommunen sala"]),
        ("Which projects are in Åre?", ["Åre"]),
        ("contact near åre", ["åre"]),
        ("kontakt i are", ["are"]),
        ("KONTAKT I MORA", ["MORA"]),
        ("I Mora finns vad?", ["Mora"]),
        ("Arvika, Eda eller Kil", ["Arvika", "Eda", "Kil"]),
        ("kontakt för kil, eda och arvika", ["kil", "eda", "arvika"]),
        ("kontakt i avesta och torsby", ["avesta", "torsby"]),
        ("Nätverk Lunds Stift", ["Lunds"]),
        ("Deltar Försäkringskassan Lund i något", ["Lund"]),
        ("Har Nora Folkhögskola något projekt", ["Nora"]),
        ("projects in scania", ["scania"]),
    ],
)
def test_ordinary_words_meant_as_places(text: str, expected: list[str]) -> None:
    """A name that is an ordinary word counts alone, with a capital letter, beside a cue, or in a list of places."""
    assert [m.text for m in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "hur ska det vara",
        "Vara eller inte vara",
        "Vem ska vara kontaktperson?",
        "Kan kommunen vara projektägare?",
        "Ska kontaktperson vara anställd?",
        "HUR SKA DET VARA?",
        "What are the goals?",
        "What Are the Goals of the Project?",
        "what contacts are there",
        "WHAT ARE THE GOALS?",
        "Ange kommun för projektet",
        "Vad gäller? Ange projektnamn",
        "Vem är Anna Lund?",
        "telefon till Eva Berg",
        "Vem är Lars Norberg?",
        "Vem är Nora Karlsson?",
        "Hur når jag Anna Bodén?",
        "May I mark it as done",
        "Vilka är våra projekt?",
        "Hur märks det?",
        "Projekt med Scania",
        "kinda long project, right?",
        "Det finns ett berg av papper",
        "Mora budget",
        "vad kostar en sala",
        "town hall and school",
    ],
)
def test_ordinary_words_meant_otherwise(text: str) -> None:
    """A name that is an ordinary word is no place where nothing says so."""
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    """
    Hur många projekt finns det?
    Lista alla projekt
    Vilket projekt har störst budget?
    Hur mycket ESF-stöd har beviljats totalt?
    Vad är syftet med projektet?
    Vilka projekt pågick under mars 2009?
    projekt med budget över 5 miljoner
    Rangordna projekten efter ESF-stöd
    Vem är kontaktperson för Göra Skillnad?
    telefonnummer till Vinnande Arena
    Vilka mål har Bergslagsresursen?
    Hur arbetar projektet med jämställdhet och tillgänglighet?
    Vilket projekt hjälper uppsagda från landstinget?
    Finns det projekt om arbetsgivarringar?
    Vilka samarbetspartners nämns i ansökan?
    Hur ska resultaten spridas efter projekttiden?
    Vad blir det för väder imorgon?
    Hur lagar man pannkakor?
    Vem är statsminister?
    Vilka metoder används i arbetet med långtidssjukskrivna?
    Är det möjligt att delta på distans?
    Vilka är de viktigaste aktiviteterna i genomförandet?
    Kan man få hjälp med ansökan i sommar?
    Vilken förening ligger bakom satsningen?
    Hur stor andel av deltagarna är kvinnor?
    Vad hände med pengarna från staten?
    Beskriv bakgrunden i korthet
    Vilka lärdomar drogs av det förra projektet?
    Skulle du kunna sammanfatta målen åt mig?
    När började de svara på frågor i skolan?
    Ge mig alla kontakter inom vård och omsorg
    Hur skapas nya arbeten i glesbygd?
    Hur många går vidare till studier eller arbete?
    Vad står det om utbildning i svenska?
    Hej, jag söker någon att prata med om praktik i höst
    Finns det pengar kvar i programmet för nästa år?
    Vilka branscher och företag medverkar i norra Sverige?
    asdf qwer zxcv
    tack så mycket för hjälpen!
    nej, det andra projektet
    What is the budget of the largest project?
    Who is the contact person for the project?
    How many participants were there in the programme?
    Which projects ran in 2013?
    Which project helps people on long-term sick leave?
    List all projects that started after January 2010
    Is there any funding left for next year?
    What are the aims and the expected results?
    How do I get in touch with the project owner?
    Could you tell me more about the methods they used?
    What was learnt from working with young people in schools?
    Are there any projects about health care and welfare?
    Show me the projects with the smallest budget
    Which partners are involved in the second phase?
    phone number for the coordinator
    What kind of training did the employees receive?
    Where can I read more about it?
    Which of them are still running in the autumn?
    How was the money from the European Social Fund spent?
    Please compare the first and the last one
    Do they offer courses in Swedish and English?
    Who owns it and when does it end?
    """.strip().splitlines(),
)
def test_questions_without_places(text: str) -> None:
    """Ordinary questions name no place."""
    assert find(text.strip()) == ()


@pytest.mark.parametrize("place", MUNICIPALITIES, ids=lambda place: place.name)
def test_every_municipality_is_found(place: Place) -> None:
    """Every municipality is found by its name, exactly and alone, however it is written."""
    genitive = place.name if place.name.endswith("s") else f"{place.name}s"
    texts = [
        f"kontakt i {place.name}",
        f"kontakt i {place.name.lower()}",
        f"KONTAKT I {place.name.upper()}",
        f"contact person in {place.name}",
        f"budget för {place.name}?",
        f"{place.name} kommun",
        f"{genitive} kommun",
        f"Vem äger {genitive} projekt?",
        f"kontakt i {fold(place.name)}" if place.name != "Håbo" else "kontakt i haabo",
    ]
    found = [(mention.places[0], mention.exact) for text in texts for mention in find(text)]
    assert found == [(place, True)] * len(texts)


def test_habo_without_its_ring_is_another_municipality() -> None:
    """Habo is Habo: only a ring makes it Håbo."""
    assert codes("kontakt i habo") == ["0643"]


def swapped(name: str) -> str:
    """``name`` with the two letters in its middle swapped."""
    middle = len(name) // 2 - 1
    return name[:middle] + name[middle + 1] + name[middle] + name[middle + 2 :]


def slips() -> Iterator[tuple[Place, str]]:
    for place in MUNICIPALITIES:
        typed = swapped(place.name)
        # A swapped space or hyphen only divides a name elsewhere, which is no misspelling.
        if len(place.name) >= 7 and place.name.isalpha() and fold(typed) != fold(place.name):
            yield place, typed


@pytest.mark.parametrize("text", ["kontakt i {}", "telefon {}", "{}"])
def test_swapped_letters(text: str) -> None:
    """With two letters swapped, nine of ten municipalities are found, one in a hundred is another, none is exact."""
    outcomes = [(place, find(text.format(typed))) for place, typed in slips()]
    right = sum(1 for place, found in outcomes if found and place in found[0].places)
    wrong = sum(1 for place, found in outcomes if found and place not in found[0].places)
    assert len(outcomes) > 150
    assert right >= 0.9 * len(outcomes)
    assert wrong <= 0.01 * len(outcomes)
    assert [found for _, found in outcomes for mention in found if mention.exact] == []


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("kontakt i Ludvika", [True]),
        ("projekt från Ludvika", [True]),
        ("Ludvika kommun", [True]),
        ("Kontakt: Ludvika", [True]),
        ("Ludvika kontaktperson", [True]),
        ("Kalmar county", [True]),
        ("Region Gotland", [True]),
        ("Landstinget i Värmland", [True]),
        ("kontakt för Ludvika", [True]),
        ("kontakt för ludvika", [False]),
        ("Ludvika", [False]),
        ("Deltar Ludvika lasarett?", [False]),
        ("kontakt i avesta och torsby", [True, False]),
        ("Arvika kommun Torsby", [True, False]),
    ],
)
def test_cue(text: str, cues: list[bool]) -> None:
    """A mention tells whether a word right beside it speaks of a place."""
    assert [m.cue for m in find(text)] == cues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kontakt i Stockholms län nu", [(2, 4, "Stockholms län")]),
        ("the municipality of Eda", [(1, 4, "municipality of Eda")]),
        ("Umeå:s projekt", [(0, 2, "Umeå")]),
        ("Malung-Sälens kommun", [(0, 3, "Malung Sälens kommun")]),
        ("Landstinget i Värmland", [(2, 3, "Värmland")]),
        ("Arvika kommun och Region Skåne", [(0, 2, "Arvika kommun"), (3, 5, "Region Skåne")]),
        ("Skåne, Blekinge", [(0, 1, "Skåne"), (1, 2, "Blekinge")]),
    ],
)
def test_extent(text: str, expected: list[tuple[int, int, str]]) -> None:
    """A mention spans its name and the words that belong to it, in words of the text."""
    assert [(m.first, m.last, m.text) for m in find(text)] == expected


def milliseconds(text: str) -> float:
    """The least of five times taken, for a text whose words are split already."""
    words, times = split(text), []
    for _ in range(5):
        start = time.perf_counter()
        find_places(words)
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def test_question_is_quick() -> None:
    """A question of twelve unknown words takes less than two milliseconds."""
    text = "Vilka projekt handlar om kompetensutveckling för anställda inom vård och omsorg egentligen"
    assert milliseconds(text) < 2


@pytest.mark.parametrize("piece", ["a ", "hedemroa ", "Mora ", "Hej Mora ", "kil, eda ", "Anna Lund ", "xyzåäö"])
def test_long_text_is_bounded(piece: str) -> None:
    """A hundred thousand characters take less than two seconds."""
    assert milliseconds(piece * (100_000 // len(piece))) < 2000


def test_no_words() -> None:
    """No words name no place."""
    assert find("") == ()
