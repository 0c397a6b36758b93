"""Awarding, revoking and sharing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from certificates import actions, codes
from certificates.models import Certificate
from courses.actions import finish_step
from courses.models import Completion
from courses.signals import course_completed
from members.models import AuditEvent
from tests.certificates.factories import CertificateFactory
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.crowds import at_once, shows
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db


def completed(**fields: object) -> Completion:
    return CompletionFactory(course=CourseFactory(modules=0), **fields)


def test_a_completion_brings_its_certificate() -> None:
    completion = completed(member__given_name="Siân", member__family_name="Ŵyn-Jôb")
    course_completed.send(sender=Completion, completion=completion)
    certificate = completion.certificate
    assert certificate.holder_name == "Siân Ŵyn-Jôb"
    assert certificate.holder_surname == "wynjob"
    assert certificate.course_title == completion.course_title
    assert (certificate.completed_on, certificate.valid_to) == (
        completion.completed_on,
        completion.valid_to,
    )
    assert certificate.number == f"DC-{completion.completed_on.year}-{completion.pk:06}"
    assert certificate.issuer == "The Party"
    assert not certificate.is_shared


def test_completion_and_certificate_come_and_go_together() -> None:
    with transaction.atomic():
        course_completed.send(sender=Completion, completion=completed())
        assert Certificate.objects.exists()
        transaction.set_rollback(True)
    assert not Completion.objects.exists()
    assert not Certificate.objects.exists()


def test_an_error_in_the_award_takes_the_completion_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "new_code", lambda: "CDFGHJKMNP")
    first = completed()
    course_completed.send(sender=Completion, completion=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        course_completed.send(sender=Completion, completion=completed())
    assert Completion.objects.get() == first


def test_awarding_twice_gives_one_certificate() -> None:
    completion = completed()
    assert actions.award(completion=completion) == actions.award(completion=completion)
    assert Certificate.objects.count() == 1


def test_no_certificate_where_the_course_gives_none() -> None:
    completion = CompletionFactory(course=CourseFactory(modules=0, gives_certificate=False))
    assert actions.award(completion=completion) is None


def test_no_certificate_for_what_others_taught() -> None:
    assert actions.award(completion=completed(imported=True)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"holder_name": "Somebody Else"},
        {"course_title": "Another course"},
        {"valid_to": None},
        {"code": "CDFGHJKMNQ"},
        {"number": "DC-1999-000001"},
    ],
)
def test_the_database_refuses_to_change_a_fact(change: dict[str, object]) -> None:
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_the_database_refuses_to_delete_a_certificate() -> None:
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        certificate.delete()


def test_a_later_change_of_name_or_course_leaves_the_facts() -> None:
    certificate = CertificateFactory(completion__member__family_name="Before")
    certificate.completion.member.family_name = "After"
    certificate.completion.member.save()
    actions.award(completion=certificate.completion)
    certificate.refresh_from_db()
    assert certificate.holder_name.endswith("Before")


def test_revoking_needs_the_permission() -> None:
    certificate = CertificateFactory()
    with pytest.raises(PermissionDenied):
        actions.revoke(certificate=certificate, reason="mistake", by=MemberFactory())


def test_revoking_is_told_to_the_holder_without_the_reason() -> None:
    certificate = CertificateFactory()
    administrator = MemberFactory(administrator=True)
    for _ in range(2):
        actions.revoke(certificate=certificate, reason="mistake", by=administrator)
    certificate.refresh_from_db()
    assert certificate.status == Certificate.Status.REVOKED
    events = AuditEvent.objects.about(certificate.completion.member).order_by("pk")
    assert [event.action for event in events] == ["certificate.revoked", "completion.revoked"]
    assert {event.actor for event in events} == {administrator}
    assert "mistake" not in str([event.detail for event in events])


def test_a_revoked_certificate_has_who_when_and_why() -> None:
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(revoked_reason="mistake")


def test_only_the_holder_shares() -> None:
    certificate = CertificateFactory()
    with pytest.raises(PermissionDenied):
        actions.share(certificate=certificate, by=MemberFactory(administrator=True))
    actions.share(certificate=certificate, by=certificate.completion.member)
    certificate.refresh_from_db()
    assert certificate.is_shared
    actions.unshare(certificate=certificate, by=certificate.completion.member)
    certificate.refresh_from_db()
    assert not certificate.is_shared


def test_award_missing_may_run_again() -> None:
    completions = [completed() for _ in range(3)]
    completed(imported=True)
    actions.award(completion=completions[0])
    assert award_missing() == "Certificates awarded: 2\n"
    assert award_missing() == "Certificates awarded: 0\n"
    assert set(Certificate.objects.values_list("completion", flat=True)) == {
        completion.pk for completion in completions
    }


def award_missing() -> str:
    out = StringIO()
    call_command("award_missing", stdout=out)
    return out.getvalue()


def test_a_newer_certificate_of_the_same_course_is_noticed() -> None:
    older = CertificateFactory(expired=True)
    newer = CertificateFactory(
        completion__member=older.completion.member,
        completion__course=older.completion.course,
        completion__enrolment=None,
    )
    other = CertificateFactory(completion__member=older.completion.member)
    has_newer = {row.pk: row.has_newer for row in Certificate.objects.with_newer()}
    assert has_newer == {older.pk: True, newer.pk: False, other.pk: False}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_awards_at_once_give_one_certificate() -> None:
    completion = completed()
    results = at_once(lambda: actions.award(completion=completion))
    assert results == [Certificate.objects.get()] * 8


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_without_the_guard_the_same_race_fails() -> None:
    """The negative control: if this passes without errors, the test above proves nothing."""

    def race() -> bool:
        completion = completed()

        def naive() -> Certificate:
            found = Certificate.objects.filter(completion=completion).first()
            return found or Certificate.objects.create(
                completion=completion, **actions.facts(completion)
            )

        return any(isinstance(result, IntegrityError) for result in at_once(naive))

    assert shows(race)


def test_finishing_the_last_part_of_a_course_brings_the_certificate() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first, last = [page.specific for page in course.steps()]
    finish_step(step=first, by=member)
    assert not Certificate.objects.exists()
    finish_step(step=last, by=member)
    assert Certificate.objects.get().completion.member == member
