"""The words that tell whether a word is meant as a place, and which kind of place. Data only; all words are folded."""

from collections.abc import Mapping

from esfbot.sweden.places import PlaceKind

_MUNICIPALITY = frozenset({PlaceKind.MUNICIPALITY})
_COUNTY = frozenset({PlaceKind.COUNTY})
# "Region Värmland" is the county's own government; "region Stockholm" may be the ESF region too.
_REGION = frozenset({PlaceKind.COUNTY, PlaceKind.REGION})

# Right after a name, these belong to it and tell its kind: Kalmar län, Kalmar municipality.
KIND_AFTER: Mapping[str, frozenset[PlaceKind]] = {
    **dict.fromkeys(("kommun", "kommuns", "kommunen", "kommunens", "kn", "stad", "stads"), _MUNICIPALITY),
    **dict.fromkeys(("municipality", "city"), _MUNICIPALITY),
    **dict.fromkeys(("lan", "lans", "lanet", "laen", "county"), _COUNTY),
    **dict.fromkeys(("region", "regionen"), _REGION),
}

# Right before a name, these belong to it and tell its kind: kommunen Eda, region Kalmar.
KIND_BEFORE: Mapping[str, frozenset[PlaceKind]] = {
    **dict.fromkeys(("kommun", "kommunen", "municipality"), _MUNICIPALITY),
    **dict.fromkeys(("lan", "lanet", "laen", "county"), _COUNTY),
    **dict.fromkeys(("region", "regionen"), _REGION),
}

# The same with "of" between: county of Värmland, city of Gothenburg.
KIND_BEFORE_OF: Mapping[str, frozenset[PlaceKind]] = {
    "municipality": _MUNICIPALITY,
    "city": _MUNICIPALITY,
    "county": _COUNTY,
    "region": _REGION,
}

# Bodies of a county. They tell its kind, also with "i" between (Landstinget i Värmland), but are no part of its name.
COUNTY_BODIES = frozenset(
    {"landsting", "landstinget", "lansstyrelsen", "lansstyrelse", "regionforbundet", "regionforbund"}
)

_ENGLISH_PREPOSITIONS = frozenset({"in", "from", "within", "around", "near"})
PREPOSITIONS = frozenset({"i", "fran", "inom", "kring", "runt", "omkring", "nara", "utanfor"}) | _ENGLISH_PREPOSITIONS
CONTACT = frozenset({"kontakt", "kontakter", "kontaktperson", "kontaktpersoner", "contact", "contacts"})
PLURALS = frozenset({"kommuner", "kommunerna", "municipalities", "counties", "regions", "regioner", "regionerna"})
CONNECTORS = frozenset({"och", "eller", "samt", "and", "or", "respektive"})
# With these and a name, a question says no more than the name: "Mora då?"
FILLERS = frozenset({"da", "hej", "ja", "nej", "ok", "please", "tack", "then"}) | CONNECTORS

# A cue beside a name, before it or after it. "för" is one only before a capital letter.
CUES_BEFORE = PREPOSITIONS | CONTACT | PLURALS | KIND_BEFORE.keys() | COUNTY_BODIES
CUES_AFTER = CONTACT | PLURALS | KIND_AFTER.keys()
CUES_BEFORE_CAPITAL = frozenset({"for"})

# Spellings of places that are words of their own, in lower case as typed: åre is a place, are is English. By
# themselves they are no place: a cue, a capital letter or a list of places must say so. Words of three letters are here
# all the same, since they turn up as abbreviations; names that share nothing with a common word (Orsa, Heby) are not.
ORDINARY = frozenset(
    {
        "ale",  # English: beer
        "are",  # Åre typed without its ring; English: to be
        "ange",  # Ånge likewise; Swedish: state, specify
        "berg",  # mountain, a common family name
        "boden",  # the shed, the shop
        "eda",
        "hjo",
        "kil",  # wedge
        "kinda",  # English slang: kind of
        "klippan",  # the rock
        "lund",  # grove, a common family name
        "mala",  # Malå; Swedish: to grind
        "mark",  # ground; English: to mark
        "mora",  # a given name, a clock, a knife
        "nora",  # a given name
        "sala",
        "salem",
        "salen",  # Sälen; Swedish: the hall
        "sater",
        "säter",  # mountain pasture
        "sälen",  # the seal
        "scania",  # the county of Skåne in English; a lorry maker
        "vara",  # to be
        "åre",
    }
)

# Of these, verbs: "vem ska vara kontakt", "what contacts are", "i Arvika och vara med" name no place, so only a
# preposition, a capital letter or the words given here, right after, show that the place is meant.
VERBS: Mapping[str, frozenset[str]] = {
    "vara": frozenset({"kommun", "kommuns", "kn"}),
    "are": frozenset({"kommun", "kommuns", "kn"}),
    "ange": frozenset(),  # "ange kommun" means: state the municipality
}

# Prepositions that show nothing before a word: "the bytes you read in are".
NO_PREPOSITIONS: Mapping[str, frozenset[str]] = {"are": _ENGLISH_PREPOSITIONS}

# Of these, a capital letter shows nothing, as the other meaning has one too: "Ange projekt", "What Are the Goals".
ALSO_CAPITAL = frozenset({"ange", "are", "scania"})

# Places that are also family names. After a word with a capital letter ("Anna Lund") they are no place.
FAMILY_NAMES = frozenset({"berg", "boden", "falkenberg", "lund", "mark", "norberg", "sala", "salem"})
# Places that are also given names. Before a word with a capital letter ("Nora Karlsson") they are no place.
GIVEN_NAMES = frozenset({"amal", "dorotea", "eda", "nora", "vilhelmina"})

_OPENERS = """
vem vilka vilken vilket vad var hur nar finns har ar kan visa lista ge beratta sok hitta jamfor antal alla
projekt projektet projekten projektnamn projektagare budget stod medel telefon telefonnummer mejl epost adress namn
who which what where how when is are list show give tell find compare any all project projects phone email name
"""
# Words that open a question with a capital letter and are no given name, whether or not the caller knows them.
OPENERS = frozenset(_OPENERS.split())

_GLUE = """
alla and any are att by de del den det efter eller en ett for fran from har hos hur in ingen is kan med mellan men
nar och of om or per ska som the till under upp ut vad var vem via vid was were where who with
"""
# Words that never are a part of a name that somebody divided in two: "hall and" is not Halland.
GLUE = frozenset(_GLUE.split())
