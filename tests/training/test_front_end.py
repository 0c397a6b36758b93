"""What reaches the browser: no others' house style, no third party, readable colours."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from members.contrast import contrast

ROOT = Path(settings.BASE_DIR)
BUILT = ROOT / "static" / "build"
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"}
)
TOKENS = (ROOT / "frontend" / "scss" / "_tokens.scss").read_text()

needs_build = pytest.mark.skipif(
    not (BUILT / "main.css").exists(), reason="the front end is not built (npm run build)"
)


# --- What is built ------------------------------------------------------------------------------
@needs_build
def test_nothing_of_another_service_s_identity_is_built() -> None:
    css = (BUILT / "main.css").read_text()
    for word in ["GDS Transport", "Frutiger", "crest", "1d70b8"]:
        assert word not in css


@needs_build
def test_the_stylesheet_asks_no_other_host() -> None:
    urls = re.findall(r"url\((.*?)\)", (BUILT / "main.css").read_text())
    assert urls
    for url in urls:
        assert (BUILT / url.strip("\"'")).is_file()


@needs_build
def test_the_scripts_ask_no_other_host() -> None:
    for name in ["main.js", "enabled.js"]:
        hosts = re.findall(r"https?://[\w.-]+", (BUILT / name).read_text())
        assert not hosts


@needs_build
@pytest.mark.parametrize(("name", "limit"), [("main.css", 16_000), ("main.js", 8_000)])
def test_a_cold_page_stays_light(name: str, limit: int) -> None:
    assert len(gzip.compress((BUILT / name).read_bytes(), 9)) <= limit


def test_the_lock_file_names_no_address() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


# --- Templates ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style\b|\sstyle=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_loads_nothing_from_another_host(path: Path) -> None:
    loaded = r"<(?:script|link|img|iframe|source|video)\b[^>]*(?:src|href)=\"(?:https?:)?//"
    assert not re.search(loaded, path.read_text())


def test_no_template_replaces_those_of_the_admin_s_forms() -> None:
    assert not (ROOT / "templates" / "django").exists()


# --- Colours ------------------------------------------------------------------------------------
def tokens(mode: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return dict(named.findall(light)) | (dict(named.findall(dark)) if mode == "dark" else {})


GROUNDS = ["paper", "card", "wash", "sand"]
TONES = ["done", "doing", "due", "late", "quiet", "new"]
TEXT = [
    *[(ink, ground) for ink in ["ink", "muted", "link", "visited"] for ground in GROUNDS],
    *[(ink, "accent-soft") for ink in ["ink", "link", "visited"]],
    *[(ink, "hover") for ink in ["ink", "muted", "link"]],
    *[("error", ground) for ground in ["paper", "card"]],
    *[(f"{tone}-ink", f"{tone}-tint") for tone in TONES],
    ("brand-ink", "brand"),
    ("ink", "quiet-button"),
    ("ink", "quiet-button-hover"),
    ("focus-ink", "focus"),
    ("exit-ink", "exit"),
    ("success-ink", "success"),
]
SHAPES = [
    *[("field", ground) for ground in ["paper", "card", "sand"]],
    *[(f"{tone}-fill", "paper") for tone in TONES],
    *[("done-fill", "card"), ("late-fill", "card"), ("done-fill", "quiet-tint")],
    *[("drawn", ground) for ground in ["wash", "accent-soft", "done-tint"]],
    *[("exit", "paper"), ("error", "card")],
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(mode: str, ink: str, ground: str) -> None:
    colours = tokens(mode)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_made_out(mode: str, shape: str, ground: str) -> None:
    colours = tokens(mode)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_a_button_can_be_read_in_the_dark() -> None:
    colours = tokens("dark")
    assert contrast(colours["button-ink"], colours["button"]) >= 4.5


@needs_build
def test_stock_parts_that_nothing_draws_are_left_out() -> None:
    css = (BUILT / "main.css").read_text(encoding="utf-8")
    assert ".govuk-service-navigation__toggle" not in css
    assert ".govuk-service-navigation__item" in css
    assert "{}" not in css
