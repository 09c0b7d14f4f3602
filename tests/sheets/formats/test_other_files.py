"""Web archives, PDF and Word documents: what of them is read, and what is refused."""

import random
from pathlib import Path

import pytest

from esfbot.errors import SheetRefused
from esfbot.sheets.read import as_text, read_text
from tests.sheets.formats.saved import DOCUMENT, LOCKED, SAVED, archive, facts, paragraph, pdf, printed, sheet_of, word
from tests.sheets.formats.test_html import PAGE, PAIRS, SHEET
from tests.sheets.pages import layout_a

HTML = ("text/html; charset=utf-8", PAGE.encode())
PICTURE = ("image/png", b"\x89PNG")


@pytest.mark.parametrize(
    "data",
    [
        archive(HTML, PICTURE),
        archive(PICTURE, HTML, ("text/html", b"<p>En ram")),
        archive(("text/html; charset=windows-1252", PAGE.encode("cp1252"))),
        archive(("text/html", PAGE.encode("cp1252"))),
        archive(("text/html; charset=nonsense", PAGE.encode())),
        archive(("text/html", b"<p>En ram"), ("text/html\r\nContent-ID: <a>", PAGE.encode()), more='; start="<a>"'),
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE.encode(),
    ],
    ids=["first", "behind a picture", "told", "not told", "nonsense", "named", "no parts"],
)
def test_web_archives(data: bytes) -> None:
    """The page of a web archive is read, whichever of its parts it is and however it is encoded."""
    assert facts(sheet_of(data, "x.mhtml")) == facts(SHEET)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (archive(PICTURE), "is a web archive without a page"),
        (archive(("text/plain", b"Text")), "is a web archive without a page"),
        (archive(*[PICTURE] * 6000), "has more than 5,000 parts"),
        (b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 5000, "is a damaged web archive"),
        (archive(("text/html", b"")), "shows no text|holds no HTML"),
    ],
    ids=["pictures", "text", "many parts", "deep", "empty"],
)
def test_web_archives_refused(data: bytes, found: str) -> None:
    """A web archive without a page, or built to exhaust whoever reads it, is refused."""
    with pytest.raises(SheetRefused, match=f"^x.mhtml (?:{found}).*; expected .*\\."):
        as_text(data, "x.mhtml")


LONG = "En lang mening om projektet som fortsatter tills raden tar slut vid papperets kant och gar"


def test_rows_of_print() -> None:
    """Rows that the paper's edge broke are one line, labels have the values beside them, page numbers are left out."""
    rows = [
        (50, 760, "Fler vagar"),
        *((50, 730 - 14 * n, label) for n, label in enumerate(("Programområde", "Projektägare", "Region"))),
        *((250, 730 - 14 * n, value) for n, value in enumerate(("1", "Hjo kommun", "Väst"))),
        *((50, 660 - 12 * n, LONG) for n in range(4)),
        (50, 612, "vidare till en annan."),
        (50, 580, "Nasta stycke."),
        (300, 20, "1/1"),
    ]
    assert as_text(printed(*rows), "x.pdf") == (
        "Fler vagar\n\nProgramområde:\n1\nProjektägare:\nHjo kommun\nRegion:\nVäst\n\n"
        f"{' '.join([LONG] * 4)} vidare till en annan.\n\nNasta stycke.\n"
    )


def test_words_broken_at_the_edge() -> None:
    """An address and a word that are broken at a hyphen keep it, and one that only suspends a word keeps its space."""
    texts = [
        *[LONG] * 3,
        "Fragor besvaras av projektets egen samordnare under hela dagen, skriv da till anna.berg-",
        "ek@hjo.se om arbete, studier, praktik, validering och annat, till exempel for in-",
        "och utflyttning.",
    ]
    text = as_text(printed(*((50, 700 - 12 * n, text) for n, text in enumerate(texts))), "x.pdf")
    assert ("till anna.berg-ek@hjo.se om arbete" in text, text.endswith(" for in- och utflyttning.\n")) == (True, True)


def test_two_columns_of_text() -> None:
    """The rows of a second column of text come behind those of the first."""
    left = [(50, 700 - 12 * n, f"Den första spaltens text, rad nummer {n}, är så här bred.") for n in range(8)]
    right = [(350, 700 - 12 * n, f"Den andra spaltens text, rad {n}.") for n in range(8)]
    text = as_text(printed(*left, *right), "x.pdf")
    assert text.index("rad nummer 7") < text.index("rad 0.")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(b"0 0 100 100 re f"), r"holds no text \(it may be scanned\)"),
        (pdf(b"BT /F 9 Tf (Hej) Tj ET", pages=61), "has 61 pages"),
        (pdf(b"BT /F 9 Tf " + b"(abc abc) Tj " * 60_000 + b"ET"), r"has more than 50,000 words and drawings on page 1"),
        (pdf(b"BT /F 1 Tf (" + b"abc " * 1000 + b") Tj ET", pages=60), "has more than 200,000 letters"),
        (pdf(b"BT ET")[:150], "is a damaged PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)), "is a damaged PDF"),
        ((LOCKED / "opens-with-a-password.pdf").read_bytes(), "is encrypted"),
    ],
    ids=["drawings", "pages", "words", "letters", "cut off", "junk", "encrypted"],
)
def test_pdf_refused(data: bytes, found: str) -> None:
    """A PDF that is scanned, encrypted, damaged, or too large to be a sheet is refused."""
    with pytest.raises(SheetRefused, match=f"^x.pdf {found}; expected .*\\."):
        as_text(data, "x.pdf")


ROWS = "".join(f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in PAIRS)
HEAD = '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
STYLES = (
    DOCUMENT.replace("document", "styles")
    .replace("<w:body>{}</w:body>", "{}")
    .format('<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>')
)


def document(*more: str) -> bytes:
    """A Word document with the facts in a table and a summary, before ``more``."""
    body = HEAD.format("Fler vägar") + f"<w:tbl>{ROWS}</w:tbl>" + HEAD.format("Sammanfattning")
    return word(body + "".join(more), styles=STYLES)


def test_what_of_a_word_document_is_read() -> None:
    """Links, text boxes, accepted changes and what a form holds are read; what was struck out and pictures are not."""
    run = "<w:r><w:t>{}</w:t></w:r>".format
    text = as_text(
        document(
            f"<w:p><w:hyperlink>{run('Länk')}</w:hyperlink><w:ins>{run(' tillagt')}</w:ins>"
            "<w:del><w:r><w:delText> struket</w:delText></w:r></w:del></w:p>",
            f"<w:sdt><w:sdtContent>{paragraph('Ur ett formulär')}</w:sdtContent></w:sdt>",
            "<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
            f"{paragraph('I en ruta')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
            "<w:p><w:r><w:t>Ett</w:t><w:br/><w:t>Två</w:t></w:r></w:p>",
        ),
        "x.docx",
    )
    assert text.endswith("\n\nSammanfattning\n\nLänk tillagt\n\nUr ett formulär\n\nI en ruta\n\nEtt\nTvå\n")


def test_paragraphs_with_empty_ones_between() -> None:
    """In a document whose empty paragraphs make the space, those that have none between them stand together."""
    text = layout_a(text="Sammanfattning\n\nEtt.\nTvå.")
    assert as_text(word("".join(map(paragraph, text.split("\n")))), "x.docx").strip() == text.strip()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>' + DOCUMENT
LAUGHS = f'<!--{"x" * 3000}--><!DOCTYPE x [<!ENTITY e0 "{"x" * 1000}">' + "".join(
    f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(8)
)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (word("")[:-40], "is a damaged Word document"),
        (
            word("").replace(b"word/document.xml", b"word/documenx.xml"),
            r"is an archive \(zip\) without a Word document",
        ),
        (word("", "<w:document{}"), "is a damaged Word document"),
        (word("", "<nothing>{}</nothing>"), "is a damaged Word document"),
        (word(""), "shows no text"),
        (word(paragraph("Hej") * 100_000), r"unpacks to [\d,]+ bytes in 3 parts"),
        (word("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000), "is nested too deeply"),
        (word(paragraph("&a;&c;").replace("&amp;", "&"), ENTITIES), "defines XML entities"),
        (
            word(paragraph("&e8;").replace("&amp;", "&"), LAUGHS.replace("{", "{{") + "]>" + DOCUMENT),
            "is a damaged Word",
        ),
    ],
    ids=["cut off", "another", "broken", "no document", "empty", "bomb", "deep", "entities", "laughs"],
)
def test_word_refused(data: bytes, found: str) -> None:
    """A Word document that is damaged, or built to exhaust whoever reads it, is refused."""
    with pytest.raises(SheetRefused, match=f"^x.docx {found}.*; expected .*\\."):
        as_text(data, "x.docx")


def test_an_encrypted_part() -> None:
    """A document whose parts are encrypted is refused as such."""
    data = bytearray(document())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(SheetRefused, match=r"^x\.docx is encrypted; expected"):
        as_text(bytes(data), "x.docx")


TEXT = layout_a().encode()
CONTENTS = {
    ".txt": TEXT, ".html": PAGE.encode(), ".mhtml": archive(HTML), ".pdf": pdf(b""), ".docx": document(),
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".zip": b"PK\x03\x04 a", ".png": b"\x89PNG\r\n", ".rtf": b"{\\rtf1",
}  # fmt: skip
CALLED = {
    ".txt": "no ", ".html": "a web page (HTML)", ".mhtml": "a web archive (MHTML)", ".pdf": "a PDF",
    ".docx": "a Word document (.docx)", ".doc": "an old or encrypted Office document",
    ".zip": "an archive (zip) without a Word document", ".png": "a picture", ".rtf": "a document in Rich Text Format",
}  # fmt: skip


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("ending", [".txt", ".html", ".HTM", ".mhtml", ".Mht", ".pdf", ".docx"])
def test_called_something_else(content: str, ending: str) -> None:
    """A file that is of another kind than its ending says is refused: what it is, what it should be, what to do."""
    own = {".htm": ".html", ".mht": ".mhtml"}.get(ending.lower(), ending)
    if content == own:
        return
    with pytest.raises(SheetRefused) as refused:
        as_text(CONTENTS[content], f"x{ending}")
    if (content, ending) == (".html", ".txt"):
        assert str(refused.value) == "x.txt is the source of a web page; expected its text. Give it the ending .html."
        return
    renamed = f"Give it the ending {content}."
    assert refused.value.found.startswith(f"x{ending} is {CALLED[content]}")
    assert refused.value.expected.endswith(", as its ending says")
    assert (refused.value.action == renamed) == (content in (".html", ".mhtml", ".pdf", ".docx"))


@pytest.mark.parametrize(
    ("ending", "package"), [(".html", "lxml"), (".mhtml", "lxml"), (".pdf", "pypdfium2"), (".docx", "mammoth")]
)
def test_a_package_that_is_missing(monkeypatch: pytest.MonkeyPatch, ending: str, package: str) -> None:
    """Without the packages a file is refused with the command that installs them, and text is read."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("esfbot.sheets.formats.packages.importlib.import_module", missing)
    message = rf"^x\{ending} can't be read without {package}; .* Run: pip install 'esfbot\[formats\]'$"
    with pytest.raises(SheetRefused, match=message):
        as_text(CONTENTS[ending], f"x{ending}")
    assert as_text(TEXT, "x.txt") == TEXT.decode()


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_damaged_files(path: Path) -> None:
    """A file that lost its end, or a few of whose bytes are wrong, is read or refused."""
    whole, chance = path.read_bytes(), random.Random(1)  # noqa: S311 - the same damage each time
    for share in (0.1, 0.5, 0.9, *[1.0] * 6):
        data = bytearray(whole[: int(len(whole) * share)])
        for _ in range(20 if share == 1 else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            text = as_text(bytes(data), path.name)
        except SheetRefused:
            continue
        assert text.strip()


def test_the_same_text_each_time() -> None:
    """A file gives the same text whenever it is read."""
    assert [path.name for path in SAVED if read_text(path) != read_text(path)] == []
