"""The commands ask and chat."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Run

CONTACT = "Vem är kontaktperson i Ludvika?"


def objects(text: str) -> list[dict[str, Any]]:
    """The JSON objects of a command's output, one a line."""
    return [json.loads(line) for line in text.splitlines()]


def test_ask(run: Run) -> None:
    """A question gets its answer on standard output and nothing else anywhere."""
    result = run("ask", CONTACT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Jenny Lyxell  [bergslagsesursen-nu.txt, rad 12]\n" in result.stdout


@pytest.mark.parametrize("question", ["Vem är kontakt i Kiruna?", "Vad kostar en elbil?", "", " ", "?", "-- --"])
def test_abstaining_is_no_failure(run: Run, question: str) -> None:
    """A question that the sheets do not answer, or that is none, gets a reply; exit code 0."""
    result = run("ask", "--", question)
    assert (result.exit_code, bool(result.stdout.strip()), result.stderr) == (0, True, "")


def test_json_keys(run: Run) -> None:
    """An answer as JSON is one object on a line, with the keys that are promised."""
    (answer,) = objects(run("ask", "--json", CONTACT).stdout)
    assert list(answer) == [
        *(
            "question",
            "language",
            "kind",
            "abstained",
            "text",
            "projects",
            "facts",
            "passages",
            "groups",
            "suggestions",
            "ms",
        )
    ]


def test_json_values(run: Run) -> None:
    """The facts of an answer are typed and carry their source."""
    (answer,) = objects(run("ask", "--json", CONTACT).stdout)
    phone = {"project": "bergslagsesursen-nu", "field": "phone", "value": "0240-564451"}
    assert {**phone, "source": {"sheet": "bergslagsesursen-nu.txt", "line": 14}} in answer["facts"]
    assert (answer["question"], answer["language"], answer["abstained"]) == (CONTACT, "sv", False)
    assert "\x1b" not in answer["text"]


def test_conversation_of_lines(run: Run) -> None:
    """Lines share a conversation until /start, which prints nothing, begins another."""
    lines = [CONTACT, "När startade det?", "/start", "När startade det?"]
    answers = objects(run("ask", "--json", "-", given="\n".join(lines)).stdout)
    about = [[project["id"] for project in answer["projects"]] for answer in answers]
    assert about[:2] == [["bergslagsesursen-nu"]] * 2
    assert ([answer["question"] for answer in answers], answers[2]["facts"]) == ([lines[0], lines[1], lines[3]], [])


def test_each_line_is_answered(run: Run) -> None:
    """Every line gets a reply: an empty one, one that is no text, one that ends as on Windows."""
    given = f"\ufeff{CONTACT}\r\n\n".encode() + b"\xff\xfe\x00?\n" + b"hej"
    answers = objects(run("ask", "--json", "-", given=given).stdout)
    assert ([answer["question"] for answer in answers][:2], len(answers)) == ([CONTACT, ""], 4)


def test_replies_are_apart(run: Run) -> None:
    """Replies as text are parted by a blank line."""
    alone, both = (run("ask", "-", given=f"{CONTACT}\n" * number).stdout for number in (1, 2))
    assert (both, alone.endswith("2010.\n\n")) == (alone * 2, True)


def test_no_lines(run: Run) -> None:
    """No question, no reply; no failure either."""
    result = run("ask", "-", given="")
    assert (result.exit_code, result.output) == (0, "")


def test_half_a_character(run: Run) -> None:
    """What the shell hands over and is no text is asked without it."""
    (answer,) = objects(run("ask", "--json", "Ludvika \udcff\ud800").stdout)
    assert answer["question"] == "Ludvika ??"


def test_long_question(run: Run) -> None:
    """A question of 100 000 characters gets a reply."""
    result = run("ask", "vem är kontakt i Ludvika " * 4000)
    assert (result.exit_code, bool(result.stdout.strip())) == (0, True)


def test_chat(run: Run) -> None:
    """A chat greets, answers, remembers, begins anew at /start and ends at /quit."""
    given = f"{CONTACT}\n\nNär startade det?\n/start\nNär startade det?\n/quit\nhej\n"
    result = run("chat", given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Hej!")
    counts = {text: result.stdout.count(text) for text in ("Jenny Lyxell", "22 juni 2009", "Hej!")}
    assert counts == {"Jenny Lyxell": 1, "22 juni 2009": 1, "Hej!": 2}


def test_chat_ends_with_input(run: Run) -> None:
    """The end of the input ends the chat; exit code 0."""
    assert run("chat", given="hej").exit_code == 0


@pytest.mark.parametrize(
    ("language", "greeting"), [("sv_SE.UTF-8", "Hej!"), ("C.UTF-8", "Hej!"), ("en_GB.UTF-8", "Hello!")]
)
def test_chat_greets_in_the_terminals_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, greeting: str
) -> None:
    """The greeting is in the terminal's language, and in Swedish where it has none."""
    monkeypatch.setenv("LANG", language)
    assert run("chat", given="").stdout.startswith(greeting)


def test_ctrl_c_leaves_the_chat(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the prompt leaves the chat as /quit does."""

    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    result = run("chat")
    assert (result.exit_code, result.stderr) == (0, "")


def test_explain_shows_how_a_question_is_read(run: Run) -> None:
    """Above the answer stands what was read, as a question and part by part."""
    shown = run("ask", "--explain", "projekt i värmland från 2009, störst budget först").stdout
    assert "read as     " in shown.splitlines()[1]
    assert "conditions  municipality in Värmland" in shown


def test_explain_and_json_exclude_each_other(run: Run) -> None:
    """Two ways to show an answer at once is wrong use."""
    result = run("ask", "--explain", "--json", CONTACT)
    assert result.exit_code == 2
    assert "--explain and --json exclude each other" in result.stderr
