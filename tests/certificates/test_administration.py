"""The administration: to read and to revoke, and the people concerned can see who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from certificates.models import Certificate
from members.models import AuditEvent, Member
from tests.certificates.factories import CertificateFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIST = "/cms/certificates/"


def administrator(*codenames: str) -> Member:
    member = MemberFactory()
    wanted = ["access_admin", *codenames]
    member.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return member


@pytest.fixture
def reader(client: Client) -> Member:
    member = administrator("view_certificate")
    client.force_login(member)
    return member


@pytest.fixture
def revoker(client: Client) -> Member:
    member = administrator("view_certificate", "revoke_certificate")
    client.force_login(member)
    return member


def test_the_list_can_be_searched_by_number_and_name(client: Client, reader: Member) -> None:
    wanted = CertificateFactory(completion__member__family_name="Llewellyn")
    other = CertificateFactory()
    for words in (wanted.number, "llewellyn"):
        page = client.get(LIST, {"q": words})
        assert wanted.number in page.text
        assert other.number not in page.text


def test_the_list_can_be_filtered(client: Client, reader: Member) -> None:
    revoked, standing = CertificateFactory(revoked=True), CertificateFactory()
    page = client.get(LIST, {"revoked_reason": "mistake"})
    assert revoked.number in page.text
    assert standing.number not in page.text


def test_the_people_on_the_list_can_see_who_looked(client: Client, reader: Member) -> None:
    certificate = CertificateFactory()
    client.get(LIST)
    client.get(f"{LIST}inspect/{certificate.pk}/")
    events = AuditEvent.objects.about(certificate.completion.member).filter(actor=reader)
    assert {event.action for event in events} == {"certificates.listed", "certificate.viewed"}


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    client: Client, reader: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    CertificateFactory.create_batch(2)
    client.get(LIST)
    with django_assert_max_num_queries(30) as few:
        client.get(LIST)
    CertificateFactory.create_batch(6)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_without_the_permission_there_is_nothing_to_see(client: Client) -> None:
    certificate = CertificateFactory()
    client.force_login(administrator())
    for path in ("", f"inspect/{certificate.pk}/", f"revoke/{certificate.pk}/"):
        assert client.get(LIST + path).status_code in {302, 403, 404}
    assert not AuditEvent.objects.exists()


def test_a_reader_cannot_revoke(client: Client, reader: Member) -> None:
    certificate = CertificateFactory()
    assert f"{LIST}revoke/" not in client.get(f"{LIST}inspect/{certificate.pk}/").text
    client.post(f"{LIST}revoke/{certificate.pk}/", {"reason": "mistake"})
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_revoking_asks_why_and_then_does_it(client: Client, revoker: Member) -> None:
    certificate = CertificateFactory()
    address = f"{LIST}revoke/{certificate.pk}/"
    assert address in client.get(f"{LIST}inspect/{certificate.pk}/").text
    assert "cannot be undone" in client.get(address).text
    client.post(address, {"reason": ""})
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    page = client.post(address, {"reason": "wrong-facts"}, follow=True)
    assert "is no longer valid" in page.text
    certificate.refresh_from_db()
    assert (certificate.revoked_by, certificate.revoked_reason) == (revoker, "wrong-facts")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy"])
def test_there_is_no_address_to_add_edit_or_delete(name: str) -> None:
    args = [1] if name in {"edit", "delete", "copy"} else []
    with pytest.raises(NoReverseMatch):
        reverse(f"certificate_records:{name}", args=args)


def test_a_superuser_finds_no_way_to_change_one(client: Client) -> None:
    certificate = CertificateFactory()
    client.force_login(MemberFactory(administrator=True))
    for path in (f"edit/{certificate.pk}/", f"delete/{certificate.pk}/", "new/"):
        assert client.post(LIST + path).status_code in {302, 404}
    assert Certificate.objects.get() == certificate
