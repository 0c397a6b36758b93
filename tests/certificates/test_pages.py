"""The holder's page and file: theirs alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from members.models import Organisation
from tests.certificates.factories import CertificateFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from certificates.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(client: Client) -> Certificate:
    """A certificate whose holder is signed in, among other people's."""
    CertificateFactory.create_batch(2)
    own = CertificateFactory()
    client.force_login(own.completion.member)
    return own


def test_the_page_shows_the_facts(client: Client, certificate: Certificate) -> None:
    page = client.get(certificate.get_absolute_url())
    for fact in (certificate.holder_name, certificate.number, certificate.shown_code):
        assert fact in page.text
    assert page["Cache-Control"] == "no-store, private"


def test_the_page_does_not_name_the_course_in_the_title(
    client: Client, certificate: Certificate
) -> None:
    title = client.get(certificate.get_absolute_url()).text.split("</title>")[0]
    assert certificate.course_title not in title


def test_the_file_says_what_the_page_says(client: Client, certificate: Certificate) -> None:
    answer = client.get(f"/certificates/{certificate.pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert f'filename="{certificate.number}.pdf"' in answer["Content-Disposition"]
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert certificate.holder_name in text
    assert certificate.shown_code in text
    assert "testserver/verify" in text


@pytest.mark.parametrize("path", ["", "pdf/", "share/"])
def test_somebody_else_is_told_there_is_no_such_page(
    client: Client, certificate: Certificate, path: str
) -> None:
    send = client.post if path == "share/" else client.get
    for stranger in (MemberFactory(), MemberFactory(administrator=True)):
        client.force_login(stranger)
        foreign = send(f"/certificates/{certificate.pk}/{path}")
        missing = send(f"/certificates/{certificate.pk + 999}/{path}")
        assert foreign.status_code == missing.status_code == 404


@pytest.mark.parametrize("path", ["", "pdf/"])
def test_who_is_not_signed_in_signs_in_first(
    client: Client, certificate: Certificate, path: str
) -> None:
    client.logout()
    assert client.get(f"/certificates/{certificate.pk}/{path}").status_code == 302


def test_sharing_is_off_until_switched_on_and_off_again(
    client: Client, certificate: Certificate
) -> None:
    page = client.get(certificate.get_absolute_url())
    assert "Turn checking on" in page.text
    page = client.post(f"/certificates/{certificate.pk}/share/", {"share": "on"}, follow=True)
    assert "Others can now check this certificate." in page.text
    page = client.post(f"/certificates/{certificate.pk}/share/", {"share": "off"}, follow=True)
    assert "Turn checking on" in page.text


def test_sharing_is_not_switched_by_a_link(client: Client, certificate: Certificate) -> None:
    answer = client.get(f"/certificates/{certificate.pk}/share/", {"share": "on"})
    assert answer.status_code == 405


def test_a_revoked_one_has_a_page_but_no_file(client: Client) -> None:
    certificate = CertificateFactory(revoked=True)
    client.force_login(certificate.completion.member)
    page = client.get(certificate.get_absolute_url())
    assert "no longer valid" in page.text
    assert "Download PDF" not in page.text
    assert client.get(f"/certificates/{certificate.pk}/pdf/").status_code == 404


def test_an_expired_one_says_until_when(client: Client) -> None:
    certificate = CertificateFactory(expired=True)
    client.force_login(certificate.completion.member)
    assert "was valid until" in client.get(certificate.get_absolute_url()).text


def test_the_page_takes_few_queries_whoever_else_there_is(
    client: Client, certificate: Certificate, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Organisation.load()
    with django_assert_max_num_queries(7):
        client.get(certificate.get_absolute_url())
    CertificateFactory.create_batch(5, completion__member=certificate.completion.member)
    with django_assert_max_num_queries(7):
        client.get(certificate.get_absolute_url())
