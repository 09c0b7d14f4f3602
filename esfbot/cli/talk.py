"""Commands that answer: ask, chat and bot."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from esfbot.cli.opening import in_colour, opened
from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.model.answer import Answer
    from esfbot.model.query import Conversation
    from esfbot.service import Service
    from esfbot.settings import Settings

START, QUIT = "/start", "/quit"
Show = Callable[["Answer", float], str]


@click.command()
@click.argument("question")
@click.option("--explain", is_flag=True, help="Show how each question is read, above its answer.")
@as_json
@with_settings
def ask(settings: "Settings", question: str, *, explain: bool, as_json: bool) -> None:
    """Answer one QUESTION, or with - one a line from standard input.

    On standard input a line /start opens a new conversation and prints nothing; the questions of a conversation build
    on each other.
    """
    import time

    from esfbot.model.query import Conversation

    show = _json if as_json else _text
    if explain and as_json:
        raise click.UsageError("--explain and --json exclude each other.")
    several = question == "-"
    with opened(settings) as service:
        conversation = Conversation()
        for line in _lines() if several else [question]:
            if several and line.strip() == START:
                conversation = Conversation()
                continue
            began = time.perf_counter()
            reading = f"{_explained(service, _clean(line), conversation)}\n\n" if explain else ""
            answer, conversation = service.answer(_clean(line), conversation)
            reply = reading + show(answer, 1000 * (time.perf_counter() - began))
            click.echo(f"{reply}\n" if several and not as_json else reply)


@click.command()
@with_settings
def chat(settings: "Settings") -> None:
    """Talk in the terminal.

    /start begins a new conversation; /quit, Ctrl-D and Ctrl-C leave.
    """
    from esfbot.model.query import Conversation

    with suppress(ImportError):
        import readline  # noqa: F401 - being there is enough: input() then has a history and can be edited
    with opened(settings) as service:
        conversation = Conversation()
        greeting = _text(service.welcome(_spoken()), 0)
        click.echo(f"{greeting}\n\n{START}  {QUIT}\n")
        with suppress(EOFError, KeyboardInterrupt):
            while (line := _prompted()) != QUIT:
                if line == START:
                    conversation = Conversation()
                    click.echo(f"{greeting}\n")
                elif line:
                    answer, conversation = service.answer(_clean(line), conversation)
                    click.echo(f"\n{_text(answer, 0)}\n")
            return
        click.echo()


@click.command()
@with_settings
def bot(settings: "Settings") -> None:
    """Run the Telegram bot until it is told to stop (Ctrl-C or SIGTERM)."""
    import logging

    from esfbot.telegram.run import run_bot

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # At INFO it logs the address of every request, and Telegram's addresses hold the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with opened(settings) as service:
        run_bot(settings, service)


def _explained(service: "Service", question: str, conversation: "Conversation") -> str:
    from esfbot.answers.phrase import phrase
    from esfbot.render.explain import explain

    query = service.understand(question, conversation)
    titles = service.store.titles(query.projects)
    return explain(query, titles, phrase(query, titles))


def _text(answer: "Answer", _: float) -> str:
    from esfbot.render.plain import render

    return render(answer, colour=in_colour())


def _json(answer: "Answer", milliseconds: float) -> str:
    import json

    from esfbot.render.json import render

    return json.dumps(render(answer, milliseconds), ensure_ascii=False)


def _lines() -> Iterator[str]:
    """The lines of standard input as they come, without their ends."""
    if sys.stdin is None:
        raise click.UsageError("standard input is closed; expected questions, one a line.")
    for number, line in enumerate(sys.stdin):
        text = line.rstrip("\r\n")
        yield text if number else text.removeprefix("\ufeff")


def _prompted() -> str:
    """The next line, asked for with a prompt where a person types it. Raises EOFError at the end."""
    typed = sys.stdin is not None and sys.stdin.isatty()
    return input("> " if typed else "").strip()


def _clean(question: str) -> str:
    """The question without halves of characters: what was typed was no text there."""
    return question.encode("utf-8", "replace").decode("utf-8")


def _spoken() -> str:
    """The language to greet in: the terminal's, and Swedish, as the sheets are, where it says nothing."""
    tags = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next((tag for tag in tags if tag), "C").partition(".")[0].partition("_")[0]
    return "sv" if language in ("sv", "C", "POSIX") else "en"
