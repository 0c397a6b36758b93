"""Marked-up texts become plain ones that read the same."""

import pytest

from quizzes.exchange.markup import to_html, to_plain
from quizzes.exchange.stripping import FORMATTING, MEDIA, SCRIPT, TABLE


@pytest.mark.parametrize(
    ("markup", "text", "plain"),
    [
        (
            "html",
            "<p>One  <b>two</b></p>\n<p>three<br>four&nbsp;&amp; five</p>",
            "One two\n\nthree\nfour & five",
        ),
        (
            "html",
            "<ul><li><p>a</p></li><li>b<ol><li>c</li><li>d</li></ol></li></ul>e",
            "- a\n- b\n  1. c\n  2. d\n\ne",
        ),
        ("html", "x<sup>2</sup>, H<sub>2</sub>O", "x^2, H_2O"),
        (
            "html",
            '<a href="https://example.org/a">See</a> <a href="#x">here</a>',
            "See (https://example.org/a) here",
        ),
        ("html", "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("html", "a<!-- b --><script>c < d</script><style>e</style>f", "af"),
        ("html", "3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("html", "<video src=x>no</video><p title='a > b'>ok</p>", "ok"),
        (
            "moodle",
            "One\ntwo <b>three</b>\n\n<four> 5 < 6 &lt;",
            "One\ntwo three\n\n<four> 5 < 6 <",
        ),
        (
            "markdown",
            "# One\n\ntwo **three**\nfour\n\n* a\n* b\n\n1. c\n",
            "One\n\ntwo three four\n\n- a\n- b\n\n1. c",
        ),
        ("plain", " <b>One</b>\n  two ", "<b>One</b>\n  two"),
    ],
)
def test_text(markup, text, plain):
    assert to_plain(text, markup).text == plain


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("<em>a</em>", FORMATTING),
        ("<table><tr><td>a</td></tr></table>", TABLE),
        ("<iframe src='x'></iframe>", MEDIA),
        ("<script>x</script>", SCRIPT),
    ],
)
def test_what_is_lost_is_noted(text, note):
    assert list(to_plain(text, "html").notes) == [note]


def test_pictures_are_told_with_their_words():
    shown = to_plain('a<img alt="A &quot;lead&quot;" src="@@PLUGINFILE@@/a.png">b', "html")
    assert (shown.text, shown.pictures) == ("ab", [("@@PLUGINFILE@@/a.png", 'A "lead"')])


def test_plain_text_survives_as_html():
    text = "One < two & three\nfour\n\n- five\n- six"
    assert to_plain(to_html(text), "html").text == text


@pytest.mark.parametrize(
    "part",
    ["<", "<a '\"", "<!--", "&#9", "<ul><li>", "</td>", "\n", "<a href=x>", "&#" + "9" * 5000],
)
@pytest.mark.parametrize("markup", ["html", "moodle", "markdown"])
def test_nothing_takes_long_or_fails(part, markup):
    to_plain(part * (100_000 // len(part)), markup)
