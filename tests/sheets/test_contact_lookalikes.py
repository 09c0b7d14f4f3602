"""Addresses, domains and names that are another one but for a slip are found, and others are not."""

import itertools
import random
import string
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from esfbot.model.project import Severity, Source
from esfbot.sheets.contact_check import slips
from esfbot.sheets.contact_check.check import check_contacts
from esfbot.sheets.contact_check.entries import Kind
from esfbot.sweden.places import gazetteer
from tests.sheets.contacts import TODAY, addresses, found, said, stated

SEDEBORN = "elisabeth.sedeborn@karlskoga.se"
SEDEBRON = "elisabeth.sedebron@karlskoga.se"


def test_address_and_name_that_nearly_fit() -> None:
    """An address that a contact's name is in but for a slip is found, on the line of the address."""
    (finding,) = found(stated("Göra Skillnad", "Elisabeth Sedebron", SEDEBORN))
    assert finding.problem.found == f"contact Elisabeth Sedebron with e-mail {SEDEBORN}, nearly the same name"
    assert (finding.kind, finding.problem.severity, finding.problem.source.line) == (
        Kind.LOOKALIKE,
        Severity.WARNING,
        3,
    )


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Anna Berg", "anna.berg@hjo.se"),  # fits
        ("Åsa Sjöö", "asa.sjoeoe@hjo.se"),  # fits
        ("Anna Berg", "bo.ek@hjo.se"),  # somebody else's, which `esfbot check` tells
        ("Anna Berg", "kansli@hjo.se"),  # an office's
        ("Anna Berg", "anna.ek@hjo.se"),  # another surname
        ("Anna Berg", "anna(at)hjo.se"),  # none
        ("Bo Ek", "bo.ok@hjo.se"),  # too short to tell
        ("Eva Alm", "ewa.elm@hjo.se"),  # and so with two slips
    ],
)
def test_address_and_name_that_do_not_nearly_fit(name: str, email: str) -> None:
    """Addresses that fit a name, or have nothing to do with it, don't resemble it."""
    assert found(stated("Ny", name, email), kind=Kind.LOOKALIKE) == []


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("katarina.lilerod@vargarda.se", "Katarina Liljeröd"),
        ("klijerod@vargarda.se", "Katarina Liljeröd"),
        ("katarinaliljerot@vargarda.se", "Katarina Liljeröd"),
        ("lars-ake.ostling@hjo.se", "Lars-Åke Östlind"),
        ("elisbeth.sedebon@karlskoga.se", "Elisabeth Sedebron"),
    ],
)
def test_usual_addresses_that_nearly_fit(email: str, name: str) -> None:
    """Addresses are compared with a name in the ways in which they are made of one."""
    assert said(stated("Ny", name, email)) == [f"contact {name} with e-mail {email}, nearly the same name"]


def test_addresses_one_slip_apart() -> None:
    """Two addresses of one person that differ by a slip are one finding, which tells the one that fits the name."""
    old, new = stated("Ny", "Elisabeth Sedebron", SEDEBRON), stated("Äldre", "Elisabeth Sedebron", SEDEBORN)
    (finding,) = found(old, new)
    assert finding.problem.found == f"e-mail {SEDEBORN}, which looks like {SEDEBRON} ('or' for 'ro')"
    assert finding.problem.action == f"Check which of the two is right; only {SEDEBRON} fits the name it stands with."
    assert (finding.problem.source, [x.project for x in finding.entries]) == (Source("Äldre.txt", 3), ["Äldre", "Ny"])


@pytest.mark.parametrize(
    ("name", "one", "other_name", "other"),
    [
        ("", SEDEBORN, "", SEDEBRON),
        ("", "elisabeth.lind@hjo.se", "", "elisabet.lind@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anna Berg", "ana.berg@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anna Berg", "annaberg@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anna M Berg", "anma.berg@hjo.se"),
        ("Elisabeth Sedeborn", SEDEBORN, "Elisabeth Sedebron", SEDEBRON),  # mistyped in both places
        ("Bo Ek", "bo.ek@hjo.se", "Arne Ek", "b0.ek@hjo.se"),
        ("Björn Ek", "bjorn.ek@hjo.se", "Bjöm Ek", "bjom.ek@hjo.se"),
        ("Bill Ek", "bill.ek@hjo.se", "Bil Ek", "bi1l.ek@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anna Berg", "\u0430nna.berg@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anna Berg", "ann\u03b1.berg@hjo.se"),
        ("Åsa Berg", "asa.berg@hjo.se", "Åsa Berg", "åsa.berg@hjo.se"),
    ],
)
def test_lookalike_addresses(name: str, one: str, other_name: str, other: str) -> None:
    """Slips and letters that look alike are found, and only once."""
    findings = found(stated("a", name, one), stated("b", other_name, other), kind=Kind.LOOKALIKE)
    assert [sorted(entry.email for entry in x.entries) for x in findings] == [sorted([one, other])]


@pytest.mark.parametrize(
    ("name", "one", "other_name", "other"),
    [
        ("Anna Berg", "anna.berg@hjo.se", "Arne Berg", "arne.berg@hjo.se"),
        ("Anna Berg", "anna.berg@hjo.se", "Anne Berg", "anne.berg@hjo.se"),
        ("Lena Ek", "lena.ek@hjo.se", "Elna Ek", "elna.ek@hjo.se"),
        ("Eva Lindberg", "eva.lindberg@hjo.se", "Eva Lundberg", "eva.lundberg@hjo.se"),
        ("Eva Carlsson", "eva.carlsson@hjo.se", "Eva Karlsson", "eva.karlsson@hjo.se"),
        ("Jan Petersson", "jan.petersson@hjo.se", "Jan Pettersson", "jan.pettersson@hjo.se"),
        ("Fredrik Åberg", "fredrik.aberg@hjo.se", "Fredrika Berg", "fredrika.berg@hjo.se"),
        ("", "anna.berg@hjo.se", "", "anne.berg@hjo.se"),
        ("", "skola1@hjo.se", "", "skola2@hjo.se"),
        ("", "projektledare12@hjo.se", "", "projektledare13@hjo.se"),
        ("", "elisabeth.sedeborn@hjo.se", "", "elisabeth.sedebron@karlskoga.se"),
        ("", "elisabeth.sedeborn@hjo.se", "", "elisabeth.sedeborn@ljusdal.se"),
    ],
)
def test_two_people(name: str, one: str, other_name: str, other: str) -> None:
    """People of one family name, numbered mailboxes and people of several places are no look-alikes."""
    assert found(stated("a", name, one), stated("b", other_name, other), kind=Kind.LOOKALIKE) == []


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("kariskoga.se", "karlskoga.se"),
        ("karlskgoa.se", "karlskoga.se"),
        ("karlskoga.sse", "karlskoga.se"),
        ("karlskog\u0430.se", "karlskoga.se"),
        ("malmö.se", "malmo.se"),
        ("0rsa.se", "orsa.se"),
        ("rorligheten.se", "rorligheteen.se"),
        ("utb.vargrda.se", "utb.vargarda.se"),
        ("gmial.com", "gmail.com"),
        ("bjom.se", "bjorn.se"),
    ],
)
def test_lookalike_domains(rare: str, usual: str) -> None:
    """A domain that resembles another of the collection is found, with the contacts at the rarer one."""
    projects = addresses(f"bo.ek@{rare}", f"eva.alm@{usual}", f"siv.ask@{usual}")
    (finding,) = found(*projects, kind=Kind.LOOKALIKE)
    assert finding.problem.found.startswith(f"domain {rare}, which looks like {usual} (")
    assert [entry.email for entry in finding.entries] == [f"bo.ek@{rare}", f"eva.alm@{usual}"]
    assert "2 contacts have" in finding.problem.action


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mora.se", "nora.se"),
        ("abf.se", "abb.se"),
        ("sensus.se", "sensus.nu"),
        ("rorlighet.eu", "rorlighet.nu"),
        ("hjo.se", "utb.hjo.se"),
        ("skola1.se", "skola2.se"),
        ("alvesta.svenskakyrkan.se", "avesta.svenskakyrkan.se"),
        ("karlskoga.se", "karlstad.se"),
    ],
)
def test_two_domains(one: str, other: str) -> None:
    """Municipalities, short names and other usual ends are domains of their own."""
    assert found(*addresses(f"bo.ek@{one}", f"eva.alm@{other}"), kind=Kind.LOOKALIKE) == []


def test_two_domains_in_use() -> None:
    """Where both domains have several addresses neither is a slip."""
    many = [f"{name}@{domain}" for name in ("a.ek", "b.alm", "c.ask") for domain in ("rorlighet.se", "rorligheta.se")]
    assert found(*addresses(*many), kind=Kind.LOOKALIKE) == []


LETTERS = st.text(string.ascii_lowercase, min_size=6, max_size=12)
WORDS = st.text("abcdeilmnor.", min_size=1, max_size=12)


@st.composite
def slipped(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, str]:
    """A text, and the same with one letter wrong, missing or added, or two neighbours swapped."""
    text = draw(texts)
    at, letter = draw(st.integers(0, len(text) - 1)), draw(st.sampled_from(string.ascii_lowercase))
    before, after = text[:at], text[at + 1 :]
    swapped = f"{before}{after[:1]}{text[at]}{after[1:]}"
    other = draw(st.sampled_from([f"{before}{letter}{after}", before + after, f"{before}{letter}{text[at:]}", swapped]))
    assume(other != text)
    return text, other


@given(slipped(LETTERS), LETTERS, st.sampled_from(["", "Eva Berg"]), st.booleans())
def test_every_slip_is_found(pair: tuple[str, str], word: str, name: str, is_last: bool) -> None:
    """Two long addresses one slip apart are found, whoever has them, wherever the slip is."""
    emails = [f"{word}.{text}@hjo.se" if is_last else f"{text}.{word}@hjo.se" for text in pair]
    findings = found(*(stated(f"p{n}", name, email) for n, email in enumerate(emails)), kind=Kind.LOOKALIKE)
    assert [sorted(entry.email for entry in x.entries) for x in findings if len(x.entries) == 2] == [sorted(emails)]


@given(slipped(LETTERS))
def test_every_slip_of_a_domain_is_found(pair: tuple[str, str]) -> None:
    """Two long domains one slip apart are found."""
    assume(not all(word in gazetteer().by_name for word in pair))
    findings = found(*addresses(*(f"bo.ek@{word}.se" for word in pair)), kind=Kind.LOOKALIKE)
    assert [x.problem.found.split()[0] for x in findings] == ["domain"]


@given(WORDS, WORDS)
def test_unrelated_addresses_are_never_found(one: str, other: str) -> None:
    """Addresses more than a slip apart, which don't look alike either, are not look-alikes."""
    assume(OSA.distance(one, other) != 1 and slips.look(one) != slips.look(other))
    assert found(*addresses(f"{one}@hjo.se", f"{other}@hjo.se"), kind=Kind.LOOKALIKE) == []


@given(st.lists(WORDS, max_size=30))
def test_near_pairs_are_all_pairs_one_slip_apart(texts: Sequence[str]) -> None:
    """What is found by the forms that texts share is what comparing all with all finds."""
    pairs = itertools.combinations(sorted({text for text in texts if len(text) >= 4}), 2)
    assert slips.near_pairs(texts) == [pair for pair in pairs if OSA.distance(*pair) == 1]


def test_comparisons_grow_with_the_collection_and_not_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of addresses at one domain few are compared, and of twice as many about twice as many."""

    def compared(number: int) -> int:
        compared = 0

        def counting(one: str, other: str) -> bool:
            nonlocal compared
            compared += 1
            return OSA.distance(one, other, score_cutoff=1) == 1

        monkeypatch.setattr(slips, "one_slip", counting)
        chance = random.Random(1)  # noqa: S311 - repeatable, and nothing to guess
        words = ["".join(chance.choices("abdeiklmnorstu", k=7)) for _ in range(number)]
        check_contacts(addresses(*(f"{word}.{chance.choice(words)}@hjo.se" for word in words)), TODAY)
        return compared

    fewer, more = compared(1500), compared(3000)
    assert fewer < 1500
    assert more <= 3 * fewer + 100
