"""Make the saved pages that ``tests/sheets/formats`` reads: each sheet there as web page, web archive, PDF and Word.

What browsers and word processors save is made by such programs, from the text sheets in the same folder. Needed are
Chromium, LibreOffice Writer, and the packages aiohttp and python-docx. Run it when a sheet or a page changes; the files
differ a little each time (dates, font names), what is read from them does not::

    apt-get install chromium libreoffice-writer fonts-liberation
    pip install aiohttp python-docx
    python scripts/make_saved_pages.py
"""

import asyncio
import functools
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import aiohttp
import docx

PAGES = Path(__file__).resolve().parent.parent / "tests" / "sheets" / "formats" / "pages"
LOCKED = PAGES.parent / "locked"
PORT = 9333  # of the browser, for whoever steers it
SITE = "http://127.0.0.1:9334"
Pair = tuple[str, str]
LAYOUT_A = (
    "Programområde", "Projektfas", "Projektägare", "Kontaktperson", "E-post", "Telefonnummer", "Beviljat ESF-stöd",
    "Total projektbudget", "Projektperiod", "Region",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A text sheet taken apart: ``blocks`` are a heading, a paragraph's lines, or a list's items."""

    title: str
    pairs: list[Pair]
    blocks: list[tuple[str, list[str]]]


def read(path: Path) -> Sheet:
    """Take a text sheet of layout A or C apart."""
    paragraphs = [block.split("\n") for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    if paragraphs[0] == ["Logotyp på utskrifter"]:
        paragraphs.pop(0)
    (title,), fields, *rest = paragraphs
    return Sheet(title, pairs(fields), [block(lines) for lines in rest])


def pairs(fields: Sequence[str]) -> list[Pair]:
    """The labels and values of the lines at a sheet's top."""
    if fields[0].endswith(":"):
        labels = [i for i, line in enumerate(fields) if line.endswith(":")]
        return [(fields[i], "".join(fields[i + 1 : i + 2]) if i + 1 not in labels else "") for i in labels]
    return [(label, line.removeprefix(label)) for line in fields for label in LAYOUT_A if line.startswith(label)]


def block(lines: list[str]) -> tuple[str, list[str]]:
    """What a paragraph of the narrative is."""
    if all(re.match(r" • ", line) for line in lines):
        return "ul", [line[3:] for line in lines]
    if all(re.match(r"\d\. ", line) for line in lines):
        return "ol", [line[3:] for line in lines]
    heading = len(lines) == 1 and len(lines[0]) < 60 and lines[0][-1] not in ".:"
    return ("h2" if heading and lines != ["In English"] else "p"), lines


def definition_list(found: Sequence[Pair]) -> str:
    """Labels and values in a ``<dl>``."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{linked(value)}</dd>\n" for label, value in found)
    return f'<dl class="project-facts">\n{rows}</dl>'


def table(found: Sequence[Pair]) -> str:
    """Labels and values in a ``<table>``."""
    rows = "".join(f"<tr><th scope=row>{escape(label)}<td>{linked(value)}\n" for label, value in found)
    return f"<table class=facts>\n<tbody>\n{rows}</table>"


def divisions(found: Sequence[Pair]) -> str:
    """Labels and values in ``<div>`` and ``<span>``."""
    row = '<div class="row"><span class="label">{}</span> <span class="value">{}</span></div>\n'
    return f'<div class="box">\n{"".join(row.format(escape(label), linked(value)) for label, value in found)}</div>'


def bold(found: Sequence[Pair]) -> str:
    """Labels in bold with the value on the next line, a paragraph each."""
    rows = (f"<p><strong>{escape(label)}</strong><br>{linked(value)}</p>\n" for label, value in found)
    return f"<aside>\n<h2>Fakta om projektet</h2>\n{''.join(rows)}</aside>"


def linked(value: str) -> str:
    """A value as pages show it: an address behind words, a number to call, amounts with spaces that do not break."""
    if "@" in value:
        return f'<a href="mailto:{value}?subject=Projektet">Skicka e-post</a>'
    if value.startswith("070"):
        return f'<a href="tel:{re.sub(r"[^0-9]", "", value)}">{value}</a>'
    return re.sub(r"(?<=\d) (?=\d|kr)", "&nbsp;", escape(value))


def narrative(blocks: Sequence[tuple[str, list[str]]]) -> str:
    """The sections of a sheet."""
    written = []
    for tag, lines in blocks:
        if tag in ("ul", "ol"):
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            written.append(f"<{tag}>{items}</{tag}>")
        else:
            written.append(f"<{tag}>{'<br>'.join(map(escape, lines))}</{tag}>")
    return "\n".join(written)


FRAME = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="{charset}">
<title>{title} - Projektbanken</title>
<meta property="article:modified_time" content="2020-05-04T10:15:00+02:00">
<style>{style}</style>
<script>document.cookie = "seen=1"; var text = "<p>Projektägare: Fel AB</p>";</script>
</head>
<body class="page cookie-accepted">
<div id="cookie-banner" role="dialog"><p>Vi använder kakor.</p><button>Jag förstår</button></div>
<a class="skip-link" href="#main">Till innehållet</a>
<header class="site-header"><p>Projektbanken</p>
<nav><ul><li><a href="/">Start</a></li><li><a href="/sok">Sök projekt</a></li></ul></nav>
<form action="/sok"><label for="q">Projektägare</label><input id="q"><button>Sök</button></form></header>
<main id="main">
<h1>{title}</h1>
<p hidden>Kontaktperson: Ingen Alls</p>
<p style="display: none">Beviljat ESF-stöd 1 kr</p>
{facts}
{narrative}
</main>
<footer>
<p class=contact>Kontakta oss: 070-174 06 99, <a href="mailto:info@banken.example">info@banken.example</a></p>
<p>Senast uppdaterad: {updated}</p></footer>
</body>
</html>
"""
STYLE = """body { font: 11pt 'Liberation Sans', sans-serif } h1 { font-size: 20pt } h2 { font-size: 14pt }
@media print { #cookie-banner, .skip-link, nav, form, .contact { display: none } }"""
COLUMNS = " dt { float: left; clear: left; width: 14em; font-weight: bold } dd { margin: 0 0 4px 15em }"
BOXES = " .row { display: flex } .label { width: 15em; color: #555 }"
CELLS = " th { text-align: left; padding-right: 2em }"
MARKUPS: dict[str, tuple[Callable[[Sequence[Pair]], str], str, str]] = {
    "definition-list": (definition_list, "utf-8", STYLE + COLUMNS),
    "table": (table, "windows-1252", STYLE + CELLS),
    "divisions": (divisions, "utf-8", STYLE + BOXES),
    "bold": (bold, "utf-8", STYLE),
}
PRINTED = {"vagen-vidare": ("definition-list", "bold"), "digitala-steg": ("table", "divisions")}


def page(sheet: Sheet, markup: str) -> bytes:
    """A sheet as a web page."""
    facts, charset, style = MARKUPS[markup]
    text = FRAME.format(
        title=escape(sheet.title), charset=charset, style=style, facts=facts(sheet.pairs),
        narrative=narrative(sheet.blocks), updated="4 maj 2020",
    )  # fmt: skip
    return text.encode("cp1252" if charset == "windows-1252" else charset)


async def archive(source: str) -> str:
    """A page as the web archive that the browser makes of it."""
    browser = await asyncio.create_subprocess_exec(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--remote-debugging-port={PORT}", "about:blank",
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(await debugged(session), max_msg_size=0) as tab,
        ):
            await said(tab, "Page.enable")
            await said(tab, "Page.navigate", url=source)
            while (await tab.receive_json()).get("method") != "Page.loadEventFired":
                pass
            saved = (await said(tab, "Page.captureSnapshot", format="mhtml"))["data"]
    finally:
        browser.terminate()
        await browser.wait()
    return saved.replace(SITE, "https://projektbanken.example")


async def said(tab: aiohttp.ClientWebSocketResponse, method: str, **params: str) -> dict[str, str]:
    """What the browser answers."""
    await tab.send_json({"id": 1, "method": method, "params": params})
    while (answer := await tab.receive_json()).get("id") != 1:
        pass
    result: dict[str, str] = answer["result"]
    return result


async def debugged(session: aiohttp.ClientSession) -> str:
    """The address of the browser's page for whoever steers it."""
    for _ in range(100):
        try:
            async with session.get(f"http://127.0.0.1:{PORT}/json") as answer:
                pages = [page for page in json.loads(await answer.text()) if page["type"] == "page"]
                if pages:
                    return str(pages[0]["webSocketDebuggerUrl"])
        except aiohttp.ClientConnectorError:
            pass
        await asyncio.sleep(0.2)
    raise SystemExit("Chromium did not start.")


def printed(source: str, target: Path) -> None:
    """Print a page to PDF, with the browser's own lines at the head and foot of each sheet of paper."""
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", source)


def converted(source: Path, ending: str, folder: Path, *more: str) -> Path:
    """Save a file in another format with LibreOffice Writer."""
    run("soffice", "--headless", *more, "--convert-to", ending, "--outdir", str(folder), str(source))
    return folder / f"{source.stem}.{ending.partition(':')[0]}"


def run(*command: str) -> None:
    """Run a program that says nothing unless it fails."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the two programs named above


def written(sheet: Sheet, target: Path) -> None:
    """Write a sheet as a Word document with its facts in a table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Utskrift från Projektbanken"
    document.sections[0].footer.paragraphs[0].text = "Sida 1"
    document.add_heading(sheet.title, 0)
    rows = document.add_table(0, 2)
    for pair in sheet.pairs:
        for cell, text in zip(rows.add_row().cells, pair, strict=True):
            cell.text = text
    for tag, lines in sheet.blocks:
        style = {"h2": "Heading 1", "ul": "List Bullet", "ol": "List Number"}.get(tag)
        for line in lines if style else ["\n".join(lines)]:
            document.add_paragraph(line, style)
    document.save(str(target))


def typed(source: Path, target: Path) -> None:
    """Write a text sheet as a Word document, a paragraph for each of its lines."""
    document = docx.Document()
    for line in source.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        document.add_paragraph(line)
    document.save(str(target))


def locked(source: Path, target: Path, **options: str) -> None:
    """Save a document as a PDF that is encrypted."""
    said = {
        name: {"type": "boolean" if value == "true" else "string", "value": value} for name, value in options.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        converted(source, f"pdf:writer_pdf_Export:{json.dumps(said)}", Path(folder)).replace(target)


def main() -> None:
    """Make all pages of all sheets."""
    serving = functools.partial(SimpleHTTPRequestHandler, directory=PAGES)
    server = ThreadingHTTPServer(("127.0.0.1", int(SITE.rpartition(":")[2])), serving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for source in sorted(PAGES.glob("*.txt")):
        sheet, name = read(source), source.stem
        for markup in MARKUPS:
            (PAGES / f"{name}-{markup}.html").write_bytes(page(sheet, markup))
        first, second = (f"{SITE}/{name}-{markup}.html" for markup in PRINTED[name])
        (PAGES / f"{name}.mhtml").write_text(asyncio.run(archive(first)), newline="")
        printed(first, PAGES / f"{name}-printed.pdf")
        printed(second, PAGES / f"{name}-printed-{PRINTED[name][1]}.pdf")
        written(sheet, PAGES / f"{name}-table.docx")
        typed(source, PAGES / f"{name}-typed.docx")
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder, f"{name}.html")
            plain.write_text(f"<h1>{escape(sheet.title)}</h1>{bold(sheet.pairs)}{narrative(sheet.blocks)}")
            opened = converted(plain, "docx:MS Word 2007 XML", Path(folder), "--infilter=HTML (StarWriter)")
            opened.replace(PAGES / f"{name}-writer.docx")
            paper = converted(PAGES / f"{name}-table.docx", "pdf", Path(folder))
            paper.replace(PAGES / f"{name}-writer.pdf")
    source = PAGES / "digitala-steg-writer.docx"
    locked(source, LOCKED / "opens-with-a-password.pdf", EncryptFile="true", DocumentOpenPassword="hemligt")
    locked(source, LOCKED / "may-not-be-copied.pdf", RestrictPermissions="true", PermissionPassword="hemligt")


if __name__ == "__main__":
    main()
