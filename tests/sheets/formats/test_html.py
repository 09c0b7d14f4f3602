"""Web pages as sites make them: where the facts stand, what belongs to the site, encodings, and pages to be refused."""

import socket
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.errors import SheetRefused
from esfbot.sheets.dates import page_date
from esfbot.sheets.read import as_text
from tests.sheets.formats.saved import facts, sheet_of
from tests.sheets.pages import FACTS, HERE, layout_a, stated

PAIRS = [
    ("Programområde", "Programområde 1 Kompetensförsörjning"),
    ("Projektfas", "Genomförande"),
    ("Projektägare", "Hjo kommun"),
    ("Kontaktperson", "Anna Berg"),
    ("E-post", "anna.berg@hjo.se"),
    ("Telefonnummer", "0503-350 00"),
    ("Beviljat ESF-stöd", "1 200 300 kr"),
    ("Total projektbudget", "2 200 300 kr"),
    ("Projektperiod", "2010-01-01 till 2011-12-31"),
    ("Region", "Västsverige"),
]
LIST = "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in PAIRS) + "</dl>"
TEXT = "<h2>Sammanfattning</h2><p>Om projektet.</p><h2>Kommun</h2><ul><li>Hjo</li><li>Skövde</li></ul>"
TITLE = "<h1>Fler vägar</h1>"
PAGE = f"<html><body><main>{TITLE}{LIST}{TEXT}</main></body></html>"
SHEET = sheet_of(layout_a(text="Sammanfattning\n\nOm projektet.\n\nKommun\n\n • Hjo\n • Skövde"), "x.txt")


def text_of(page: str) -> str:
    return as_text(page.encode(), "x.html")


def test_the_page() -> None:
    """The page that the tests below change says what the text sheet does."""
    assert len(PAIRS) == len(FACTS.split("\n"))
    assert facts(sheet_of(PAGE)) == facts(SHEET)


@pytest.mark.parametrize(
    "page",
    {
        "facts in an aside below the text": f"<main>{TITLE}{TEXT}<aside><h2>Fakta</h2>{LIST}</aside></main>",
        "facts in an aside outside": f"<main>{TITLE}{TEXT}</main><aside><h2>Projektfakta</h2>{LIST}</aside>",
        "the whole page in a form": f"<form><input name=q><button>Sök</button>{TITLE}{LIST}{TEXT}</form>",
        "title of the site above": f"<title>Fler vägar | ESF</title><h1>ESF-rådet</h1><h2>Fler vägar</h2>{LIST}{TEXT}",
        "title outside": f"<header>{TITLE}</header><article>{LIST}{TEXT}</article>",
        "text between title and facts": f"{TITLE}<p>Lyssna</p><p>Dela</p>{LIST}{TEXT}",
        "facts in two lists": f"{TITLE}{LIST}{TEXT}".replace("<dt>Kon", "</dl><h3>Kontakt och stöd</h3><dl><dt>Kon"),
        "headings that open their text": f"{TITLE}{LIST}{TEXT}".replace(
            "<h2>Sammanfattning</h2>", "<details><summary>Sammanfattning</summary>"
        ),
        "headings with a button": f"{TITLE}{LIST}{TEXT}".replace("Sammanfattning", "<button>Sammanfattning</button>"),
        "labels as headings": TITLE + "".join(f"<h3>{label}</h3><p>{value}</p>" for label, value in PAIRS) + TEXT,
        "labels as paragraphs": TITLE + "".join(f"<p>{label}</p><p>{value}</p>" for label, value in PAIRS) + TEXT,
        "no mark-up of labels": f"{TITLE}<p>"
        + "<br>".join(f"{label}: {value}" for label, value in PAIRS)
        + "</p>"
        + TEXT,
        "a list of facts": f"{TITLE}<ul>"
        + "".join(f"<li><span>{label}</span><span>{value}</span></li>" for label, value in PAIRS)
        + f"</ul>{TEXT}",
        "columns with headings": f"{TITLE}<table><tr>"
        + "".join(f"<th>{label}" for label, _ in PAIRS)
        + "<tr>"
        + "".join(f"<td>{value}" for _, value in PAIRS)
        + f"</table>{TEXT}",
        "two pairs in a row": f"{TITLE}<table>"
        + "".join(f"<tr><th>{a}<td>{b}<th>{c}<td>{d}" for (a, b), (c, d) in zip(PAIRS[0::2], PAIRS[1::2], strict=True))
        + f"</table>{TEXT}",
        "a table that only places": f"<table><tr><td>{TITLE}{LIST}{TEXT}</td><td><nav>Meny</nav></td></tr></table>",
        "entities": f"{TITLE}{LIST}{TEXT}".replace("ö", "&ouml;").replace("ä", "&#228;").replace("1 200", "1&nbsp;200"),
        "text as it stands": f"<pre>{escape(layout_a(text='Sammanfattning'))}</pre>".replace(
            "Sammanfattning", "Sammanfattning\n\nOm projektet.\n\nKommun\n\n • Hjo\n • Skövde"
        ),
    }.items(),
    ids=lambda page: page[0],
)
def test_where_the_facts_stand(page: tuple[str, str]) -> None:
    """Whatever a page is built of, its facts are read."""
    assert facts(sheet_of(f"<!DOCTYPE html><html><body>{page[1]}</body></html>")) == facts(SHEET)


NOT_SHOWN = "<p>Kontaktperson: Per Fel</p><p>Telefonnummer: 070-174 06 99</p>"


@pytest.mark.parametrize(
    "part",
    [
        f"<nav>{NOT_SHOWN}</nav>",
        f"<footer>{NOT_SHOWN}</footer>",
        f"<aside><h2>Kontakta oss</h2>{NOT_SHOWN}</aside>",
        f"<header>{NOT_SHOWN}</header>",
        f"<form>{NOT_SHOWN}<label>Projektägare</label><label>Region</label><input></form>",
        f"<div role=navigation>{NOT_SHOWN}</div>",
        f"<div role=dialog aria-modal=true>{NOT_SHOWN}</div>",
        f"<div id=CookieBanner>{NOT_SHOWN}</div>",
        f'<div class="site cookie-consent">{NOT_SHOWN}</div>',
        f'<ol class="breadcrumb">{NOT_SHOWN}</ol>',
        f"<div hidden>{NOT_SHOWN}</div>",
        f'<div style="color: red; display:none">{NOT_SHOWN}</div>',
        f'<div style="visibility: hidden">{NOT_SHOWN}</div>',
        f'<div class="visually-hidden">{NOT_SHOWN}</div>',
        f"<template>{NOT_SHOWN}</template>",
        f"<noscript>{NOT_SHOWN}</noscript>",
        f"<script>var page = '{NOT_SHOWN}';</script>",
        f"<style>/* {NOT_SHOWN} */</style>",
        f"<!-- {NOT_SHOWN} -->",
        f"<svg><text>{NOT_SHOWN}</text></svg>",
        f"<select><option>{NOT_SHOWN}</option></select>",
    ],
)
def test_what_is_not_the_project_s(part: str) -> None:
    """What a page does not show, and what belongs to its site, says nothing of the project."""
    text = text_of(PAGE.replace("<main>", f"{part}<main>").replace("</main>", f"{part}</main>{part}"))
    assert ("Fel" in text, facts(sheet_of(PAGE)) == facts(SHEET)) == (False, True)


def test_what_only_looks_hidden() -> None:
    """What is hidden on small screens only, and a page whose class tells of cookies, are shown."""
    page = PAGE.replace("<body>", '<body class="cookie-accepted">').replace("<dl>", '<dl class="hidden md:block">')
    assert facts(sheet_of(page)) == facts(SHEET)


@pytest.mark.parametrize(
    ("link", "email", "phone"),
    [
        ('<a href="mailto:anna.berg@hjo.se">Skicka e-post</a>', "anna.berg@hjo.se", "0503-350 00"),
        ('<a href="MAILTO:anna.berg%40hjo.se?subject=Hej">Mejla</a>', "anna.berg@hjo.se", "0503-350 00"),
        ('<a href="mailto:fel@hjo.se">anna.berg@hjo.se</a>', "anna.berg@hjo.se", "0503-350 00"),
        ('<a href="mailto:">anna.berg@hjo.se</a>', "anna.berg@hjo.se", "0503-350 00"),
        ('anna.berg@hjo.se<dt>Mobil<dd><a href="tel:0701740605">Ring</a>', "anna.berg@hjo.se", "0701740605"),
        ('anna.berg@hjo.se<dt>Mobil<dd><a href="tel:+4670">070-174 06 05</a>', "anna.berg@hjo.se", "070-174 06 05"),
    ],
)
def test_links(link: str, email: str, phone: str) -> None:
    """What a link shows counts; where it shows no address or number, the one behind it does."""
    sheet = sheet_of(PAGE.replace("<dd>anna.berg@hjo.se</dd>", f"<dd>{link}</dd>"))
    assert stated(sheet, "email", "phone")[:2] == [("email", email), ("phone", phone)]


def test_a_name_that_links_to_an_address() -> None:
    """A person's name stays a name where it links to an address."""
    sheet = sheet_of(PAGE.replace("Anna Berg", '<a href="mailto:anna.berg@hjo.se">Anna Berg</a>'))
    assert facts(sheet) == facts(SHEET)


def test_lists_among_the_facts() -> None:
    """A list among the facts comes behind them, an item a line."""
    page = PAGE.replace("<dl>", "<dl><dt>Medfinansiärer<dd><ul><li>Region Skåne<li>Arbete AB, Hjo</ul>")
    assert stated(sheet_of(page), "co_funder") == [("co_funder", "Region Skåne"), ("co_funder", "Arbete AB, Hjo")]
    assert "Medfinansiärer\n\n• Region Skåne\n• Arbete AB, Hjo\n" in text_of(page)


def test_rows_of_contacts() -> None:
    """Each row of a table of contacts is one person."""
    rows = "<tr><td>Anna Berg<td>anna.berg@hjo.se<td>070-1740605<tr><td>Bo Ek<td>bo.ek@hjo.se<td>070-1740606"
    table = f"<table><tr><th>Kontaktperson<th>E-post<th>Telefon{rows}</table>"
    contact = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in PAIRS[3:6])
    sheet = sheet_of(PAGE.replace(contact, "").replace("</dl>", f"</dl>{table}"))
    assert [(fact.group, fact.value) for fact in sheet.facts if fact.field in ("contact", "email", "phone")] == [
        (0, "Anna Berg"), (0, "anna.berg@hjo.se"), (0, "070-1740605"),
        (1, "Bo Ek"), (1, "bo.ek@hjo.se"), (1, "070-1740606"),
    ]  # fmt: skip


def test_lines_and_numbers() -> None:
    """A line break begins a new line right below, two begin a paragraph, and a numbered list keeps its numbers."""
    text = "Om <b>pro</b>jektet.<br>Mer.<br><br>Sist.</p><ol start=3><li>Tre<li>Fyra</ol><p>"
    page = PAGE.replace("Om projektet.", text)
    assert "\n\nOm projektet.\nMer.\n\nSist.\n\n3. Tre\n4. Fyra\n" in text_of(page)


def test_words_in_bold_within_text() -> None:
    """A word in bold that begins a sentence of the text makes no fact, and the text stays as it is."""
    text = text_of(PAGE.replace("Om projektet.", "<strong>Region</strong> Skåne deltar också."))
    assert "\nRegion Skåne deltar också.\n" in text


def test_a_table_of_the_text() -> None:
    """A table that holds no facts is a line for each row."""
    table = "<table><tr><td>2010<td>150 deltagare<td>ja<tr><td>2011<td>40 deltagare<td>nej</table>"
    assert "\n2010 | 150 deltagare | ja\n2011 | 40 deltagare | nej\n" in text_of(PAGE.replace("<h2>K", f"{table}<h2>K"))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "cp1252"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=windows-1252>", "cp1252"),
        ('<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ('<meta charset="iso-8859-15">', "iso-8859-15"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="no-such-thing">', "cp1252"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    """A page is read in the encoding that its bytes show, or else in the one that it declares."""
    page = PAGE.replace("<body>", f"<head>{declared}</head><body>")
    assert facts(sheet_of(page.encode(encoding))) == facts(SHEET)


@pytest.mark.parametrize(
    ("part", "date"),
    [
        ('<head><meta property="article:modified_time" content="2020-05-04T10:15:00+02:00"></head>', "2020-05-04"),
        ('<head><meta name="DCTERMS.modified" content="2020-05-04"></head>', "2020-05-04"),
        ('<head><meta http-equiv="Last-Modified" content="Mon, 04 May 2020 10:15:00 GMT"></head>', "2020-05-04"),
        ('<head><meta itemprop="dateModified" content="20200504"></head>', "2020-05-04"),
        ('<head><meta property="article:published_time" content="2020-05-04"></head>', "2020-05-04"),
        ('<head><meta name="last-modified" content="0001-01-01"></head>', None),
        ("<footer>Senast uppdaterad: <time>4 maj 2020</time></footer>", "2020-05-04"),
        ("<p><strong>Senast uppdaterad:</strong></p><p>4 maj 2020</p>", "2020-05-04"),
        ("<footer>Copyright 2020-05-04</footer>", None),
    ],
)
def test_dates(part: str, date: str | None) -> None:
    """The page's own date is a line of its text, and neither text of the project nor a problem."""
    place = "<body>" if part.startswith("<head>") else "</main>"
    page = PAGE.replace(place, part + place)
    sheet, found = sheet_of(page), page_date(text_of(page))
    assert (found and found.isoformat(), sheet.sections, sheet.problems) == (date, sheet_of(PAGE).sections, ())


def test_a_shown_date_counts() -> None:
    """What the page tells programs does not count beside the date that it shows."""
    page = PAGE.replace("</main>", "<p>Senast uppdaterad 2015-01-02</p></main>")
    page = page.replace("<body>", '<head><meta name="last-modified" content="2020-05-04"></head><body>')
    assert str(page_date(text_of(page))) == "2015-01-02"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<html><body></body></html>", "shows no text"),
        ("<html><body><div id=root></div><script>start()</script></body></html>", "shows no text"),
        ("<html><frameset><frame src=a.html></frameset></html>", "shows no text"),
        ("<html>" + "<div>" * 100_000 + "x", "has elements nested too deeply, or too long ones"),
        ("<html><p>" + "x" * 11_000_000, "has elements nested too deeply, or too long ones"),
        ("<html>" + "<p>x" * 110_000, "has more than 100,000 elements"),
    ],
    ids=["nothing", "a program", "frames", "deep", "long", "many"],
)
def test_refused(page: str, found: str) -> None:
    """A page that shows nothing, or is built to exhaust whoever reads it, is refused."""
    with pytest.raises(SheetRefused, match=f"^x.html {found}; expected .*\\."):
        text_of(page)


def test_entities_that_a_page_defines() -> None:
    """Entities of a page's own are not replaced, however often they stand for others, and none is fetched."""
    many = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    page = f'<!DOCTYPE html [<!ENTITY e0 "x">{many}<!ENTITY f SYSTEM "file:///etc/passwd">]>{PAGE}'
    assert "\n&e9;&f;\n" in text_of(page.replace("Om projektet.", "&e9;&f;"))


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a page opens no connection, whatever it refers to."""

    def refuse(*args: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    site = "http://127.0.0.1:1"
    links = f'<base href="{site}/"><link rel=stylesheet href="{site}/a.css"><img src="{site}/a"><iframe src="{site}/b">'
    dtd = f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{site}/x.dtd">'
    assert facts(sheet_of(dtd + PAGE.replace("<body>", f"{links}</iframe><body>"))) == facts(SHEET)


@pytest.mark.parametrize("path", sorted((HERE / "refused").glob("*.txt")), ids=lambda path: path.stem)
def test_other_pages(path: Path) -> None:
    """A page that is refused as text is refused as a web page too."""
    text = path.read_text(encoding="utf-8")
    with pytest.raises(SheetRefused, match=r"^x\.html .*; expected .*\."):
        sheet_of(f"<html><body><pre>{escape(text)}</pre></body></html>")


PIECES = [
    *"<p> </p> <div> </div> <b> </b> <dl> <dt> <dd> </dl> <table> <tr> <td> <th> </table> <ul> <li> </ul> <br> <h1> "
    "<h2> </h2> <main> </main> <nav> </nav> <form> </form> <pre> </pre> <a> <!-- --> <![CDATA[ ]]> <x:y> & &#0; &#1; "
    "\x00 \x01 \ufffd \uffff".split(),
    *(label for label, _ in PAIRS), *(value for _, value in PAIRS), "Sammanfattning", "Kommun", ":", " ", "text ",
    '<a href="mailto:a@b.se">', '<div class="l">', "<div hidden>", LIST,
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_page(pieces: list[str]) -> None:
    """Whatever stands in a page in whatever order, it is read or refused."""
    try:
        text = text_of("<html>" + "".join(pieces))
    except SheetRefused:
        return
    assert text.strip()
