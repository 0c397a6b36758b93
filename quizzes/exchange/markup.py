"""Marked-up text to plain text with paragraphs and lists; what that costs is said in notes."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt

from quizzes.exchange.stripping import SPACES, Plain, Stripped

PLAIN, MOODLE, HTML, MARKDOWN = "plain", "moodle", "html", "markdown"
MARKED = re.compile(r"[<&\n]")  # without these it is plain already
MOST_MARKDOWN = 20_000  # longer is no question, and is left as it is


def to_plain(text: str, markup: str) -> Plain:
    """Return the plain text of a text in this markup."""
    if markup in {HTML, MOODLE} and not MARKED.search(text):
        return Plain(SPACES.sub(" ", text).strip())
    if markup == HTML:
        return Stripped(text).plain
    if markup == MOODLE:
        return Stripped(text, keeps_lines=True).plain
    if markup == MARKDOWN and len(text) <= MOST_MARKDOWN:
        return Stripped(MarkdownIt("commonmark").render(text)).plain
    return Plain(text.strip())


def to_html(text: str) -> str:
    """Return plain text as HTML that reads the same: paragraphs and line breaks."""
    paragraphs = html.escape(text, quote=False).split("\n\n")
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in paragraphs)
