"""The public check tells a stranger what the paper says, or one and the same nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates import codes
from tests.certificates.factories import CertificateFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from certificates.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


def shared(**fields: object) -> Certificate:
    return CertificateFactory(
        shared=True,
        completion__member__given_name="Siân",
        completion__member__family_name="Ŵyn-Jôb",
        **fields,
    )


def check(client: Client, code: str, surname: str) -> HttpResponse:
    return client.get("/verify/", {"code": code, "surname": surname})


def test_the_form_is_for_everybody(client: Client) -> None:
    page = client.get("/verify/")
    assert page.status_code == 200
    assert "Check a certificate" in page.text
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]


def test_the_qr_code_fills_in_the_code_and_nothing_else(client: Client) -> None:
    certificate = shared()
    page = client.get("/verify/", {"code": certificate.code})
    assert f'value="{certificate.code}"' in page.text
    assert "Siân" not in page.text


def test_a_valid_one_shows_what_the_pdf_says(client: Client) -> None:
    certificate = shared()
    page = check(client, certificate.shown_code, "Ŵyn-Jôb")
    assert "This certificate is valid" in page.text
    for fact in (
        certificate.holder_name,
        certificate.course_title,
        certificate.number,
        certificate.shown_code,
        certificate.issuer,
    ):
        assert fact in page.text
    assert certificate.completion.member.email not in page.text


@pytest.mark.parametrize("surname", ["wyn job", "WYN-JOB", "Ŵynjôb", " ŵyn—jôb "])
def test_accents_case_and_hyphens_do_not_matter(client: Client, surname: str) -> None:
    certificate = shared()
    typed = certificate.shown_code.lower().replace("-", " ")
    assert "This certificate is valid" in check(client, typed, surname).text


def test_an_expired_one_is_real_but_over(client: Client) -> None:
    certificate = shared(expired=True)
    assert "has expired" in check(client, certificate.code, "wyn-job").text


def test_a_revoked_one_is_no_longer_valid_and_nothing_more(client: Client) -> None:
    certificate = shared(revoked=True)
    page = check(client, certificate.code, "wyn-job")
    assert "no longer valid" in page.text
    assert "mistake" not in page.text.lower()
    assert certificate.holder_name not in page.text


def test_three_reasons_one_answer(client: Client) -> None:
    known, hidden = shared(), CertificateFactory(completion__member__family_name="Smith")
    revoked = CertificateFactory(revoked=True, completion__member__family_name="Smith")
    check(client, known.code, "Smith")  # the site's caches are warm now
    answers, counts = set(), set()
    for code, surname in (
        (known.code, "Smith"),
        (hidden.code, "Smith"),
        (revoked.code, "Smith"),
        ("CDFG-HJKM-NP", "Smith"),
        ("not a code", "Smith"),
        (known.code, "-"),
        (known.code, "\u0301"),
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = check(client, code, surname)
        answers.add((page.status_code, page.content))
        counts.add(len(queries))
    assert len(answers) == 1
    assert len(counts) == 1
    assert "We could not confirm this certificate" in page.text


@pytest.mark.parametrize(("code", "surname"), [("", "Smith"), ("CDFG", ""), ("C" * 41, "Smith")])
def test_a_slip_is_explained_at_the_field(client: Client, code: str, surname: str) -> None:
    assert "There is a problem" in check(client, code, surname).text


def test_too_many_checks_from_one_address_wait(client: Client, settings: SettingsWrapper) -> None:
    settings.CERTIFICATE_CHECKS_PER_FIVE_MINUTES = 2
    certificate = shared()
    for _ in range(2):
        assert check(client, "CDFG-HJKM-NP", "Smith").status_code == 200
    page = check(client, certificate.code, "wyn-job")
    assert page.status_code == 429
    assert "Please wait a few minutes" in page.text
    assert certificate.holder_name not in page.text
    other = client.get(
        "/verify/", {"code": certificate.code, "surname": "wynjob"}, REMOTE_ADDR="192.0.2.7"
    )
    assert other.status_code == 200


def test_a_network_of_ipv6_counts_as_one(client: Client, settings: SettingsWrapper) -> None:
    settings.CERTIFICATE_CHECKS_PER_FIVE_MINUTES = 1
    asked = {"code": "CDFG-HJKM-NP", "surname": "Smith"}
    answers = [
        client.get("/verify/", asked, REMOTE_ADDR=f"2001:db8:1:2::{number}").status_code
        for number in (1, 2)
    ]
    assert answers == [200, 429]


def test_looking_at_the_form_costs_no_check(client: Client, settings: SettingsWrapper) -> None:
    settings.CERTIFICATE_CHECKS_PER_FIVE_MINUTES = 1
    for _ in range(3):
        assert client.get("/verify/", {"code": "CDFG"}).status_code == 200


def test_a_code_has_no_look_alikes_and_no_vowels() -> None:
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(made)) & set("01258OILZSBAEU")
    assert {len(code) for code in made} == {10}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łukasz", "lukasz"), ("Ní Dhomhnaill", "ni-dhomhnaill"), ("O'Neill", "oneill"),
     ("Straße", "strasse"), ("Шевченко", "ШЕВЧЕНКО"), ("Ångström", "ANGSTROM")],
)  # fmt: skip
def test_two_spellings_of_a_name_fold_to_one(one: str, other: str) -> None:
    assert codes.folded(one) == codes.folded(other)
