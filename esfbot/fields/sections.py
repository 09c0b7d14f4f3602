"""The rows of the narrative's sections, each under its heading."""

from esfbot.fields.row import Kind, row

SECTIONS = (
    row(
        "summary", Kind.SECTION, "Sammanfattning", "Summary",
        labels="Sammanfattning, Summary",
        words="""
        sammanfatta, sammanfattar, sammanfattningen, handlar om, handlar, går ut på, gick ut på, handlade om, i
        korthet, kort om, beskriv, vad gör, vad gjorde, summarise, summarize, in short, what is it
        about, about what, describe, what does, what did
        """,
    ),
    row(
        "background", Kind.SECTION, "Bakgrund", "Background",
        labels="Bakgrund, Background",
        words="""
        bakgrunden, varför startades, varför behövs, varför behövdes, upprinnelse, why was, why did, varför kom,
        orsaken till projektet
        """,
    ),
    row(
        "purpose", Kind.SECTION, "Syfte", "Purpose",
        labels="Syfte, Purpose, Aim",
        words="""
        syftet, syftar, syftade, avsikt, avsikten, ändamål, varför finns, poängen, purpose, aim, aims, intention,
        what is the point
        """,
    ),
    row(
        "goals", Kind.SECTION, "Målsättning", "Goals",
        labels="Målsättning, Mål, Goals, Objectives",
        words="""
        mål, målen, målet, målsättningar, målsättningen, delmål, projektmål, vill uppnå, uppnå, goal, goals,
        objectives, target, targets, achieve
        """,
    ),
    row(
        "accessibility", Kind.SECTION, "Tillgänglighet", "Accessibility",
        labels="""
        Tillgänglighet för personer med funktionsnedsättning, Tillgänglighet, Tillgänglighet för personer med
        funktionshinder, Accessibility for persons with disabilities, Accessibility
        """,
        words="""
        tillgänglighet, tillgängligt, tillgänglig, tillgängligheten, funktionsnedsättning, funktionsnedsatta,
        funktionshinder, accessibility, accessible, disabilities, disability
        """,
    ),
    row(
        "gender_equality", Kind.SECTION, "Jämställdhet", "Gender equality",
        labels="Jämställdhetsintegrering, Jämställdhet, Gender mainstreaming, Gender equality",
        words="""
        jämställdhet, jämställdheten, jämställt, jämställdhetsarbete, jämställdhetsperspektiv, genus,
        könsfördelning, gender, gender equality, equality, gender perspective
        """,
    ),
    row(
        "transnational", Kind.SECTION, "Transnationellt samarbete", "Transnational cooperation",
        labels="Transnationellt samarbete, Transnationalitet, Transnational cooperation, Transnational work",
        words="""
        transnationell, transnationella, transnationellt, internationellt samarbete, internationella samarbetet,
        internationellt, utlandssamarbete, samarbete med andra länder, transnational, international cooperation,
        cooperation abroad, international collaboration
        """,
    ),
    row(
        "description", Kind.SECTION, "Beskrivning", "Description",
        labels="Beskrivning, Description, Projektbeskrivning",
        words="projektbeskrivning",
    ),
    row(
        "other", Kind.SECTION, "Övrigt", "Other",
    ),
)  # fmt: skip
