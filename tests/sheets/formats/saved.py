"""Pages that tests save: a sheet in any mark-up, and small PDF and Word files built by hand."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from esfbot.model.project import Line, Sheet
from esfbot.sheets.layout import BULLET, find_block
from esfbot.sheets.parse import _below_title, parse
from esfbot.sheets.read import as_text

PAGES = Path(__file__).parent / "pages"
LOCKED = Path(__file__).parent / "locked"
SAVED = sorted(path for path in PAGES.iterdir() if path.suffix != ".txt")
_SITE = "<!DOCTYPE html><html><head><title>Projektbanken</title></head><body><main>{}</main></body></html>"


def sheet_of(data: bytes | str, name: str = "x.html") -> Sheet:
    """A sheet that was saved as the file ``name``."""
    return parse(as_text(data.encode() if isinstance(data, str) else data, name), name)


def source_of(path: Path) -> Path:
    """The text sheet that a saved page was made from."""
    return next(source for source in sorted(PAGES.glob("*.txt")) if path.stem.startswith(source.stem))


def facts(sheet: Sheet) -> list[tuple[str, object, str, int, str]]:
    """What a sheet states of its project; the page's own date is not of the project."""
    kept = [fact for fact in sheet.facts if fact.field != "updated"]
    return [(fact.field, fact.value, fact.key, fact.group, fact.label.removesuffix(":")) for fact in kept]


def sections(sheet: Sheet) -> list[tuple[str, str, str]]:
    """The sections of a sheet with single spaces, and without the marks of lists."""
    return [(x.kind, x.heading.removesuffix(":"), _prose(x.text)) for x in sheet.sections]


def _prose(text: str) -> str:
    return " ".join(" ".join(BULLET.sub("", line) for line in text.split("\n")).split())


Pair = tuple[str, Sequence[str]]


def _in_rows(form: str) -> Callable[[Sequence[Pair]], str]:
    def made(pairs: Sequence[Pair]) -> str:
        return "\n".join(form.format(escape(label), "<br>".join(map(escape, values))) for label, values in pairs)

    return made


def _within(tag: str, form: str) -> Callable[[Sequence[Pair]], str]:
    return lambda pairs: f"<{tag}>{_in_rows(form)(pairs)}</{tag.partition(' ')[0]}>"


MARKUPS: dict[str, Callable[[Sequence[Pair]], str]] = {
    "definition list": _within("dl", "<dt>{}</dt><dd>{}</dd>"),
    "definition list with end tags left out": _within("dl", "<dt>{}<dd>{}"),
    "definition list in groups": _within("dl", "<div><dt>{}</dt><dd>{}</dd></div>"),
    "table with headings": _within("table", "<tr><th>{}</th><td>{}</td></tr>"),
    "table": _within("table", "<tr><td>{}</td><td>{}</td></tr>"),
    "table with colons": _within("table", "<tr><td>{}:</td><td>{}</td></tr>"),
    "divisions of a class": _in_rows('<div class="row"><div class="l">{}</div><div class="v">{}</div></div>'),
    "divisions": _within("div", "<div><div>{}</div><div>{}</div></div>"),
    "spans": _in_rows('<div><span class="label">{}</span> <span>{}</span></div>'),
    "bold above": _in_rows("<p><strong>{}:</strong><br>{}</p>"),
    "bold before": lambda pairs: "<p>" + _in_rows("<b>{}:</b> {}<br>")(pairs) + "</p>",
    "run together": _within("ul", "<li><strong>{}</strong>{}</li>"),
}


def page_of(text: str, markup: str) -> str:
    """The text of a sheet as a web page with its facts in a ``markup``."""
    sheet = parse(text, "x.txt")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    found = find_block(lines)
    assert found is not None
    block = _below_title(found, lines)
    title = sheet.first("title")
    above = title.source.line if title and title.source.line <= block.first else 0
    furniture = {line.number for line in sheet.furniture}
    between = [line.text for line in lines[above : block.first] if line.text.strip() and line.number not in furniture]
    intro = [f"<p>{escape(text)}</p>" for text in between]
    made = [f"<h1>{escape(lines[above - 1].text)}</h1>" if above else "", *intro]
    made.append(MARKUPS[markup]([(item.label, [value.text for value in item.values]) for item in block.labelled]))
    headings = {line.number: line.text.strip() for line in sheet.labels}
    return _SITE.format("\n".join([*made, *_narrative(lines[block.after :], headings)]))


def _narrative(lines: Sequence[Line], headings: dict[int, str]) -> list[str]:
    """Headings, paragraphs with a line break between their lines, and lists."""
    made: list[str] = []
    above = ""
    for line in lines:
        text, bullet = line.text.strip(), BULLET.match(line.text)
        if not text:
            above = ""
        elif headings.get(line.number) == text:
            made.append(f"<h2>{escape(text)}</h2>")
            above = ""
        elif bullet:
            made.append(f"<ul><li>{escape(line.text[bullet.end() :])}</ul>")
            above = ""
        elif above:
            made[-1] = made[-1].replace("</p>", f"<br>{escape(text)}</p>")
        else:
            made.append(f"<p>{escape(text)}</p>")
            above = text
    return made


def pdf(content: bytes, pages: int = 1) -> bytes:
    """A PDF whose pages all show the drawing commands ``content``, with a font called F."""
    stream = zlib.compress(content)
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"] * pages,
    ]
    made, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def printed(*rows: tuple[int, int, str]) -> bytes:
    """A PDF of one page with texts at places: points from the left, points from the foot, the text."""
    shown = (f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in rows)
    return pdf(b"BT /F 10 Tf " + "\n".join(shown).encode("cp1252") + b" ET")


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{{}}</w:body></w:document>'


def paragraph(text: str) -> str:
    """A paragraph of a Word document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word(body: str, document: str = DOCUMENT, **parts: str) -> bytes:
    """A Word document with this body; ``parts`` are further files in it, by their names under ``word``."""
    target = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        kinds = '<Default Extension="xml" ContentType="application/xml"/>'
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{target}</Relationships>')
        archive.writestr("word/document.xml", document.format(body))
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return packed.getvalue()


def archive(*parts: tuple[str, bytes], more: str = "") -> bytes:
    """A web archive of these parts, each a content type (with further headers) and its bytes."""
    made = f"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=edge{more}\n\n"
    packed = (b"--edge\nContent-Type: " + kind.encode() + b"\n\n" + data + b"\n" for kind, data in parts)
    return made.encode() + b"".join(packed) + b"--edge--\n"
