"""The PDF: tagged, titled, in its language, saying what the record says, and fetching nothing."""

from __future__ import annotations

import datetime as dt
import socket
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import segno
from django.core.checks import run_checks
from pypdf import PdfReader

from certificates import checks, codes, pdf
from certificates.models import Certificate
from members.models import Organisation
from tests.certificates.factories import CertificateFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

VERIFY = "https://training.example.org/verify/"
NAMES = [
    "Siân Ŵyn-Jôb Łukasz",
    "Олена Шевченко",
    "Wilhelmina Alexandra Featherstonehaugh-Cholmondeley Fitzgerald",
    "Caoimhe Ní Dhomhnaill",
    "<b>Bold</b> & \"quoted\" {{ settings.SECRET_KEY }}",
]  # fmt: skip
LONG_TITLE = "Receiving disclosures, keeping records and referring concerns: a course for chairs"


def certificate_of(name: str = "Jo Smith", **facts: object) -> Certificate:
    """Return an unsaved certificate: drawing one reads nothing else."""
    return Certificate(
        **{
            "number": "DC-2026-000123",
            "code": "CDFGHJKMNP",
            "holder_name": name,
            "course_title": "Safeguarding essentials",
            "edition": "2026.1",
            "completed_on": dt.date(2026, 10, 13),
            "valid_to": dt.date(2028, 10, 12),
            "issuer": "The Party",
            "issued_at": dt.datetime(2026, 10, 13, 23, 30, tzinfo=dt.UTC),
            "language": "en-gb",
            **facts,
        }
    )


def read(certificate: Certificate) -> PdfReader:
    return PdfReader(BytesIO(pdf.render(certificate, verify_url=VERIFY)))


def text_of(certificate: Certificate) -> str:
    return " ".join(read(certificate).pages[0].extract_text().split())


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_read_back_letter_by_letter(name: str) -> None:
    assert name in text_of(certificate_of(name))


def test_it_says_every_fact() -> None:
    text = text_of(certificate_of(course_title=LONG_TITLE))
    for fact in (
        "The Party",
        "Certificate of completion",
        LONG_TITLE,
        "Completed 13 October 2026",
        "Valid until 12 October 2028",
        "Certificate number DC-2026-000123",
        "Verification code CDFG-HJKM-NP",
        "training.example.org/verify",
        "Issued by The Party on 14 October 2026",  # half past midnight in London
        "Course edition 2026.1",
    ):
        assert fact in text


def test_one_without_end_says_so() -> None:
    assert "Valid until No end date" in text_of(certificate_of(valid_to=None))


def test_it_is_one_tagged_page_with_language_and_title() -> None:
    reader = read(certificate_of())
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-gb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Certificate DC-2026-000123"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def test_it_names_its_picture_for_people_who_cannot_see_it() -> None:
    tags = tags_below(read(certificate_of()).trailer["/Root"]["/StructTreeRoot"])
    assert [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"] == [
        "QR code: the address where this certificate can be checked"
    ]
    assert [tag["/S"] for tag in tags].count("/H1") == 1


def tags_below(tag: dict) -> list[dict]:
    children = tag.get("/K", [])
    children = children if isinstance(children, list) else [children]
    found = []
    for child in (child.get_object() for child in children):
        if isinstance(child, dict) and "/S" in child:
            found += [child, *tags_below(child)]
    return found


def test_the_qr_code_holds_the_address_and_the_code_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, make = [], segno.make
    monkeypatch.setattr(segno, "make", lambda text, **how: asked.append(text) or make(text, **how))
    pdf.render(certificate_of(), verify_url=VERIFY)
    assert asked == ["https://training.example.org/verify/?code=CDFGHJKMNP"]


def test_the_ornament_is_passed_over_by_screen_readers() -> None:
    reader = read(certificate_of())
    drawing = reader.pages[0]["/Contents"][0].get_object().get_data()
    assert drawing.startswith(b"/Artifact BMC q")
    assert drawing.endswith(b"Q EMC")


def test_fonts_travel_in_the_file() -> None:
    fonts = read(certificate_of(NAMES[0])).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in inner or "/FontFile3" in inner


def test_the_same_facts_give_the_same_bytes() -> None:
    one, other = (pdf.render(certificate_of(), verify_url=VERIFY) for _ in range(2))
    assert one == other


def test_the_brand_colour_is_the_organisations() -> None:
    organisation = Organisation.load()
    organisation.brand_colour = "#003366"
    organisation.save()
    drawing = read(certificate_of()).pages[0]["/Contents"][0].get_object().get_data()
    assert b"0.000 0.200 0.400 RG" in drawing


@pytest.mark.parametrize("field", ["holder_name", "course_title", "issuer", "edition"])
def test_markup_in_a_fact_stays_text_and_calls_nobody(field: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        for hostile in (
            f"<img src=http://127.0.0.1:{port}>",
            f'<link rel=attachment href="http://127.0.0.1:{port}/">',
            '<img src="file:///etc/passwd">',
        ):
            text = text_of(certificate_of(**{field: hostile}))
            assert hostile.replace(" ", "") in text.replace(" ", "")  # lines may break in it
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/a.png",
        "data:text/plain,hello",
        "ftp://example.org/",
        "certificate:../../settings/base.py",
        "certificate:/etc/passwd",
        "certificate:",
        "file:///etc/certificate:source-sans-3-latin-400-normal.woff2",
        "certificate:qr.png#x",
        "",
    ],
)
def test_the_fetcher_refuses_all_but_its_assets(url: str) -> None:
    with pytest.raises(pdf.NotAnAssetError):
        pdf.asset_fetcher(qr=b"picture").fetch(url)


def test_the_fetcher_serves_its_assets() -> None:
    assert pdf.asset_fetcher(qr=b"picture").fetch(pdf.QR).read() == b"picture"


def test_without_the_fonts_the_system_s_letters_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.finders, "find", lambda path: None)
    pdf._fonts.cache_clear()
    pdf._stylesheet.cache_clear()
    try:
        assert "Siân Ŵyn-Jôb Łukasz" in text_of(certificate_of(NAMES[0]))
    finally:
        pdf._fonts.cache_clear()
        pdf._stylesheet.cache_clear()


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise pdf.PdfUnavailableError

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    monkeypatch.setattr(checks, "PANGO", ("libno-such-library.so",))


@pytest.mark.usefixtures("without_pango")
def test_without_pango_a_check_says_what_to_install() -> None:
    warning = next(found for found in run_checks() if found.id == "certificates.W001")
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in warning.hint


def test_with_pango_the_check_is_silent() -> None:
    assert "certificates.W001" not in {found.id for found in run_checks()}


@pytest.mark.usefixtures("without_pango")
def test_without_pango_everything_but_the_pdf_works(client: Client) -> None:
    certificate = CertificateFactory()
    client.force_login(certificate.completion.member)
    page = client.get(f"/certificates/{certificate.pk}/")
    assert codes.shown(certificate.code) in page.text
    answer = client.get(f"/certificates/{certificate.pk}/pdf/")
    assert answer.status_code == 503
    assert "We cannot make the PDF just now" in answer.text
    assert f'href="/certificates/{certificate.pk}/"' in answer.text
