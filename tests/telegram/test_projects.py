"""Projects: a card, the parts that can be read further, and which project is meant."""

import re
from pathlib import Path

import pytest

from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented.publish import publish
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels, pages, start_of, turned

SEEDS = Path(__file__).parents[2] / "seeds"
SUMMARY = (
    "Arbetslösa i utanförskap ska få bättre möjligheter till arbetslivsinriktad rehabilitering, hos kommunen och i "
    "privata företag."
)


async def test_a_card(server: BotApi, talking: Running, service: Service) -> None:
    """A card has title, one sentence of the summary, owner, period, money, region and municipalities, contact, where
    that stands, and buttons for the parts."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("Berätta om Vinnande Arena")
        card = await person.hears()
    assert card.seen.split("\n") == [
        "Vinnande Arena",
        f"{SUMMARY} […]",
        "Projektet avslutades 31 augusti 2014.",
        "Projektägare: Kommunstyrelseförvaltningen",
        "Period: 1 september 2011 – 31 augusti 2014 (3 år)",
        "ESF-stöd: 2 717 864 kr",
        "Total budget: 6 660 445 kr",
        "Programområde: Programområde 2 Ökat arbetskraftsutbud",
        "Projektfas: Genomförande",
        "Region: Västsverige",
        "Kommuner: Vårgårda",
        "Kontaktperson: Katarina Liljeröd",
        "E-post: katarina.liljerod@vargarda.se",
        "Telefon: 0322-600521 · +46322600521",
        "Källa: vinnande-arena.txt, rad 5–14, 19, 117",
    ]
    assert labels(card) == [
        ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Kontaktkort"],
        ["Syfte", "Målsättning", "Bakgrund"],
        ["Partner", "Alla uppgifter", "Kontakt"],
        ["Liknande", "Källa", "Dela"],
        ["👍 Rätt", "👎 Fel"],
    ]


async def test_an_english_card(server: BotApi, talking: Running, service: Service) -> None:
    """A card is in the language of the question, and so are its parts; what the sheet says is in its own."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("Tell me about Vinnande Arena")
        card = await person.hears()
        part = await turned(server, person, "Goals", card)
    assert "ESF support: SEK 2,717,864" in card.seen
    assert labels(card)[1:4] == [
        ["Purpose", "Goals", "Background"],
        ["Partners", "All facts", "Contact"],
        ["Similar", "Source", "Share"],
    ]
    assert (labels(part)[0], part.seen.split("\n")[1]) == (["‹ The project"], "Målsättning")


@pytest.mark.parametrize(
    ("label", "heading", "section"),
    [("Syfte", "Syfte", "purpose"), ("Målsättning", "Målsättning", "goals"), ("Bakgrund", "Bakgrund", "background")],
)
async def test_a_section_in_full(
    server: BotApi, talking: Running, service: Service, label: str, heading: str, section: str
) -> None:
    """A button for a section shows all of it, word for word, in place of the card, page by page if it is long."""
    (id_,) = [id_ for id_, title in service.store.titles(service.store.find()).items() if title == "Vinnande Arena"]
    (written,) = [found.text for found in service.store.sections(id_) if found.kind == section]
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/projekt Vinnande arena")
        shown = await turned(server, person, label, await person.hears())
        texts = [page.seen async for page in pages(server, person, shown)]
    assert texts[0].startswith(f"Vinnande Arena\n{heading}\n")
    assert texts[-1].split("\n")[-1].startswith("Källa: vinnande-arena.txt, rad ")
    told = "".join(texts).removeprefix(f"Vinnande Arena\n{heading}\n").rpartition("Källa: ")[0]
    assert "".join(told.split()) == "".join(written.split())
    assert len(server.sent) == 1


async def test_partners_and_all_facts(server: BotApi, talking: Running, service: Service) -> None:
    """The partners are all lists of those who take part; all facts are what a card has, and the rest of the sheet's."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/projekt Bergslagsesursen.nu")
        card = await person.hears()
        partners = await turned(server, person, "Partner", card)
        back = await turned(server, person, "‹ Projektet", partners)
        facts = await turned(server, person, "Alla uppgifter", back)
    assert "Samarbetspartners (6): Avestahälsan, FÖRETAGSHÄLSOVÅRDEN I HEDEMORA AKTIEBOLAG" in partners.seen
    assert "Deltagande aktörer (21): Barn och utbildningsförvaltnin, Eks Plåt & Vent.service AB" in partners.seen
    assert back.seen == card.seen
    rows = [line for line in card.seen.split("\n") if re.match(r"[\w -]+(?: \(\d+\))?: ", line) and "Källa" not in line]
    assert [line for line in rows if line not in facts.seen] == []
    assert "Deltagande aktörer (21)" in facts.seen


async def test_the_source(server: BotApi, talking: Running, service: Service) -> None:
    """The source is every line of the sheet that says something, with its number, as published."""
    text = (SEEDS / "vinnande-arena.txt").read_text(encoding="utf-8")
    published = [(n, " ".join(line.split())) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/projekt Vinnande Arena")
        first = await turned(server, person, "Källa", await person.hears())
        texts = [page.seen async for page in pages(server, person, first)]
    said = "Bladet för Vinnande Arena, som det publicerades:\n\nvinnande-arena.txt\n"
    assert texts[0].startswith(said)
    shown = re.findall(r"^(\d+)  (.*?)(?=\n\d+  |\Z)", "\n".join(texts).removeprefix(said), re.M | re.S)
    assert [(int(number), " ".join(line.split())) for number, line in shown] == published
    assert len(texts) == 3


async def test_similar_projects(server: BotApi, talking: Running, service: Service) -> None:
    """Similar projects are listed in place; each opens, leads back to them, and they lead back to the project."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/projekt Vinnande Arena")
        card = await person.hears()
        similar = await turned(server, person, "Liknande", card)
        assert similar.seen.startswith("Projekt som liknar Vinnande Arena:\n\n1. Göra Skillnad\n")
        assert labels(similar)[0] == ["1", "2", "3", "4"]
        other = await turned(server, person, "1", similar)
        assert other.seen.startswith("Göra Skillnad\n")
        again = await turned(server, person, "‹ Listan", other)
        assert (again.seen, labels(again)) == (similar.seen, labels(similar))
        back = await turned(server, person, "‹ Projektet", again)
    assert (back.seen, labels(back)) == (card.seen, labels(card))


async def test_what_the_sheet_lacks(server: BotApi, talking: Running, sixty: Service) -> None:
    """A part that the sheet does not have is told in a box, and the card stays."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/projekt Norrtrösklarna i Kiruna")
        card = await person.hears()
        answer = await person.presses(button(card, "Kontakt"), card)
    assert answer.text == "Bladet för Norrtrösklarna i Kiruna anger inte kontaktperson."
    assert (answer.show_alert, server.now(card).edits) == (True, 0)


async def test_the_only_project_there_is(server: BotApi, talking: Running, service: Service, tmp_path: Path) -> None:
    """Where no other project is there to be like it, that is told in a box."""
    (one,) = service.store.projects(service.store.find()[:1])
    publish([one], tmp_path / "embeddings")
    alone = Service(Settings(embeddings=tmp_path / "embeddings"))
    person = server.person(1, "sv")
    async with talking(alone):
        await person.says("/projekt")
        listed = await person.hears()
        await person.presses(listed.button("📄"), listed)
        card = await person.hears()
        answer = await person.presses(card.button("Liknande"), card)
    alone.close()
    assert (answer.text, answer.show_alert) == (
        "Det finns inget annat projekt att jämföra Arena för nyorientering med.",
        True,
    )


@pytest.mark.parametrize(
    ("question", "titles", "says"),
    [
        (
            "/projekt broar",
            ["Broar till industrin Nord", "Klara broar", "Broar till industrin", "Klara broar II"],
            "Projektägare: Samordningsförbundet Tångringen",
        ),
        ("vem är kontaktperson för steget", ["Steget före", "Steget före"], "anger inte kontaktperson"),
        ("which is the budget of broar", ["Broar till industrin Nord"], ""),
    ],
)
async def test_a_name_that_fits_several(
    server: BotApi, talking: Running, sixty: Service, question: str, titles: list[str], says: str
) -> None:
    """Where a name fits several projects, the bot asks which, with a button for each, and answers the question of the
    one that is pressed."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says(question)
        asked = await person.hears()
        found = re.findall(r"^<b>\d+\. (.*)</b>$", asked.text, re.M)
        assert found[: len(titles)] == titles
        numbers = [str(number) for number in range(1, len(found) + 1)]
        assert labels(asked) == [numbers]
        if not says:
            assert asked.seen.startswith("The question fits several projects.")
            return
        assert asked.seen.startswith("Det finns flera projekt som frågan kan gälla.")
        chosen = {"/projekt broar": "3"}.get(question, "2")
        answer = await person.presses(button(asked, chosen), asked)
        heard = await person.hears()
    assert (answer.text, says in heard.seen, titles[int(chosen) - 1] in heard.seen) == ("", True, True)
    assert labels(heard)[-1] == ["👍 Rätt", "👎 Fel"]


async def test_a_card_can_be_shared(server: BotApi, talking: Running, service: Service) -> None:
    """The link that a card shares opens the same card for somebody else, in their language."""
    anna, bo = server.person(1, "sv"), server.person(2, "en")
    async with talking(service):
        await anna.says("/projekt Vinnande Arena")
        card = await anna.hears()
        url = card.button("Dela")["url"]
        await bo.says(f"/start {start_of(card, 'Dela')}")
        theirs = await bo.hears()
    assert url.startswith("https://t.me/share/url?url=https://t.me/esf_test_bot?start=p_")
    assert theirs.seen.startswith("Vinnande Arena\n")
    assert labels(theirs)[1] == ["Purpose", "Goals", "Background"]


async def test_an_opened_project_is_talked_about(server: BotApi, talking: Running, sixty: Service) -> None:
    """After a card was opened from a list, a question goes on about that project; "number three" is the list's."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista i Nybro")
        card = await turned(server, person, "2", await person.hears())
        assert card.seen.startswith("Smarta växlar\n")
        await person.says("och kontaktpersonen?")
        assert "Örjan Älvöga-Ekhage" in (await person.hears()).seen
        await person.says("nummer tre")
        assert (await person.hears()).seen.startswith("Högre maskiner\n")


async def test_projects_of_an_answer_can_be_opened(server: BotApi, talking: Running, service: Service) -> None:
    """Under an answer from the text of a project is a button that opens its card below."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("Vilket projekt handlar om långtidssjukskrivna?")
        heard = await person.hears()
        answer = await person.presses(heard.button("📄 Vinnande Arena"), heard)
        card = await person.hears()
    assert (answer.text, card.seen.split("\n")[0], server.now(heard).edits) == ("", "Vinnande Arena", 0)
    assert labels(card)[-1] == ["Liknande", "Källa", "Dela"]
