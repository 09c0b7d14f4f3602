"""The whole way: shipped sheets, real encoder, real application, a Bot API server on the loopback address."""

from esfbot.service import Service
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running


async def test_a_contact_arrives_as_a_card(server: BotApi, running: Running, service: Service) -> None:
    """A person who asks for a contact gets name, address and a number that can be tapped."""
    person = server.person(1, "sv")
    async with running(service):
        await person.says("Vem är kontaktperson i Ludvika?")
        heard = await person.hears()
    assert heard.text == (
        "Kontakt i Ludvika:\n"
        "\n"
        "<b>BERGSLAGSESURSEN.NU</b>\n"
        "<i>Ludvika står i bladets kommunlista (rad 132). Projektet avslutades 22 juni 2010.</i>\n"
        "Kontaktperson: Jenny Lyxell\n"
        "E-post: jenny.lyxell@rorlighet.se\n"
        "Telefon: 0240-564451 · +46240564451\n"
        "<i>Källa: bergslagsesursen-nu.txt, rad 12–14</i>"
    )


async def test_a_narrative_question_and_its_follow_up(server: BotApi, running: Running, service: Service) -> None:
    """The bot finds a project by what it is about, and "och kontaktpersonen?" then means its contact."""
    person = server.person(1, "sv")
    async with running(service):
        await person.says("Vilket projekt handlar om långtidssjukskrivna?")
        assert "Vinnande Arena" in (await person.hears()).seen
        await person.says("och kontaktpersonen?")
        assert "Katarina Liljeröd" in (await person.hears()).seen


async def test_odd_texts_get_a_reply(server: BotApi, running: Running, service: Service) -> None:
    """Emoji, markup, code and other scripts are answered with a polite no."""
    person = server.person(1, "sv")
    async with running(service):
        for text in ("😀", "<b>&</b>", "'; DROP TABLE projects; --", "你好", "x" * 4000):
            await person.says(text)
            assert (await person.hears()).seen
