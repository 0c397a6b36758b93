"""The only door to WeasyPrint: a certificate or a page in, the bytes of a tagged PDF out.

WeasyPrint is loaded on first use (half a second); its fonts and parsed styles are kept for as long
as the process lives. It is given nothing but what is named here: no network, no other file.
"""

from __future__ import annotations

import atexit
import logging
from functools import cache, lru_cache, partial
from io import BytesIO
from pathlib import Path
from string import Template
from threading import Lock
from typing import TYPE_CHECKING

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override

from certificates import drawings, ornament
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from certificates.models import Certificate

    Finisher = Callable[[Any, Any], None]

QR = "certificate:qr.png"
ASSETS = Path(__file__).parent / "assets"
FONTS = frozenset(
    f"source-sans-3-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext", "cyrillic")
    for weight in (400, 600)
)
LONG, VERY_LONG = 24, 42  # characters that fit on a line at the first and the second size
RENDERING = Lock()  # the fonts are shared by the threads of a process, and Pango's are for one

# It reports what it leaves out, such as a font that was not built: nothing an operator must know.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class PdfUnavailableError(Exception):
    """The system library that draws PDF is missing here. `manage.py check` says what to install."""


class NotAnAssetError(ValueError):
    """Something other than the certificate's own assets was asked for."""


def render(certificate: Certificate, *, verify_url: str) -> bytes:
    """Return the certificate as PDF/UA-1. The same facts give the same bytes."""
    brand = Organisation.load().brand_colour
    address = f"{verify_url}?code={certificate.code}"
    with override(certificate.language):
        return as_pdf(
            _html(certificate, verify_url),
            stylesheet="certificate.css",
            brand=brand,
            qr=_qr(address),
            finisher=partial(_lay_ornament, brand),
        )


def as_pdf(
    html: str, *, stylesheet: str, brand: str, qr: bytes = b"", finisher: Finisher | None = None
) -> bytes:
    """Return a page as PDF/UA-1; title, language and author are what its <head> says."""
    weasyprint = _weasyprint()
    with RENDERING:
        page = weasyprint.HTML(string=html, url_fetcher=asset_fetcher(qr=qr))
        drawings.prepare(page.etree_element)
        data: bytes = page.write_pdf(
            stylesheets=[_stylesheet(stylesheet, brand)],
            font_config=_fonts(),
            pdf_variant="pdf/ua-1",
            finisher=finisher,
        )
    return data


def is_available() -> bool:
    """Return whether PDF can be made on this machine."""
    try:
        _weasyprint()
    except PdfUnavailableError:
        return False
    return True


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 (half a second, and a system library that may be missing)
    except OSError as error:
        raise PdfUnavailableError from error
    module: ModuleType = weasyprint
    return module


def _html(certificate: Certificate, verify_url: str) -> str:
    return render_to_string(
        "certificates/pdf.html",
        {
            "certificate": certificate,
            "name_size": _size(certificate.holder_name),
            "title_size": _size(certificate.course_title, factor=2),
            "verify_address": verify_url.partition("://")[2].rstrip("/"),
        },
    )


def _size(text: str, *, factor: int = 1) -> str:
    if len(text) <= LONG * factor:
        return "large"
    return "medium" if len(text) <= VERY_LONG * factor else "small"


def _qr(address: str) -> bytes:
    picture = BytesIO()
    # A PNG: WeasyPrint draws the hundreds of squares of an SVG one by one.
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=6, border=0)
    return picture.getvalue()


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    # Its clean-up needs modules that are gone by the time the process ends.
    atexit.register(_fonts.cache_clear)
    return FontConfiguration()


@lru_cache(maxsize=8)
def _stylesheet(name: str, brand: str) -> Any:
    source = "".join((ASSETS / part).read_text(encoding="utf-8") for part in ("fonts.css", name))
    css = Template(source).substitute(brand=brand, gold=ornament.GOLD)
    return _weasyprint().CSS(string=css, url_fetcher=asset_fetcher(), font_config=_fonts())


def _lay_ornament(brand: str, document: Any, pdf: Any) -> None:
    """Put the drawing under the text of the one page."""
    from pydyf import Array, Stream  # noqa: PLC0415 (comes with WeasyPrint)

    drawing = Stream([ornament.under_page(brand)], extra={"Filter": "/FlateDecode"})
    pdf.add_object(drawing)
    page = pdf.objects[pdf.pages["Kids"][0]]
    page["Contents"] = Array([drawing.reference, page["Contents"]])


def asset_fetcher(*, qr: bytes = b"") -> Any:
    """Return what WeasyPrint asks for every address it meets."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnAssets(URLFetcher):
        """Serves the named assets and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            content = qr if url == QR else _font(url)
            return URLFetcherResponse(url, content, {"Content-Type": _content_type(url)})

    return OwnAssets()


def _content_type(url: str) -> str:
    return "image/png" if url == QR else "font/woff2"


def _font(url: str) -> bytes:
    scheme, _, name = url.rpartition(":")
    if scheme != "certificate" or name not in FONTS:
        raise NotAnAssetError(url)
    path = finders.find(f"build/fonts/{name}")
    if not path:
        raise NotAnAssetError(url)  # not built: the system's fonts take over
    return Path(path).read_bytes()
