"""Telegram's HTML is read as strictly as Telegram reads it, and more so where people would see a slip."""

import pytest

from tests.telegram.api.markup import MarkupError, parse_html, read_html


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("åx</b>", "Unexpected end tag at byte offset 3"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b class='x'>x</b>", "Unsupported attributes"),
        ("<a>x</a>", "Unsupported attributes"),
        ('<a href="https://a.se"><a href="https://a.se">x</a></a>', "can't be nested"),
        ("<blockquote><blockquote>x</blockquote></blockquote>", "can't be nested"),
        ("<code><b>x</b></code>", "can't be nested"),
        ("1 < 2", "Unescaped"),
        ("2 > 1", "Unescaped"),
        ("A & B", "Unescaped"),
        ("&nbsp;", "Unescaped"),
        ("&copy;", "Unescaped"),
        ("&#0;", "Unescaped"),
        ("&#xd800;", "Unescaped"),
    ],
)
def test_refused_markup(text: str, refusal: str) -> None:
    """Tags that Telegram does not know, tags out of order, and characters not escaped are refused."""
    with pytest.raises(MarkupError, match=refusal):
        read_html(text)


def test_accepted_markup() -> None:
    """Known tags and entities are taken out of what a person sees."""
    text = (
        '<b>1 &lt; <i>2</i></b> &amp; <a href="https://esf.se">&quot;x&quot;</a><blockquote expandable>y</blockquote>'
        '<pre><code class="language-python">&#39;&#x1F3B2;</code></pre>'
    )
    seen, entities = parse_html(text)
    assert seen == '1 < 2 & "x"y\'🎲'
    assert entities == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "italic", "offset": 4, "length": 1},
        {"type": "text_link", "offset": 8, "length": 3, "url": "https://esf.se"},
        {"type": "expandable_blockquote", "offset": 11, "length": 1},
        {"type": "code", "offset": 12, "length": 3, "language": "python"},
        {"type": "pre", "offset": 12, "length": 3},
    ]
