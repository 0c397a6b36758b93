"""Completions taken back: they count nowhere, on no day, and the person may begin again at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from certificates import actions as certificates
from certificates.models import Certificate
from courses.actions import enrol, finish_step
from courses.models import Completion, Enrolment, ModulePage, Revocation
from courses.progress import progress_of
from courses.proofs import best_completion
from courses.revoking import revoke_completion
from members.dates import today
from members.models import AuditEvent, Member
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.crowds import failures
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
WHY = "Somebody else sat at the desk"


@pytest.fixture
def administrator() -> Member:
    return MemberFactory(administrator=True)


def allowed(*codenames: str) -> Member:
    person = MemberFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def test_it_counts_nowhere(administrator: Member) -> None:
    done = CompletionFactory()
    revoke_completion(completion=done, reason=WHY, by=administrator)
    progress = progress_of(done.member, done.course)
    assert progress.completion is None
    assert progress.done == 0
    assert best_completion(done.member, done.course) is None
    assert not Completion.objects.valid(on=today()).exists()
    assert not Completion.objects.valid(on=done.completed_on).exists()


def test_an_older_one_that_stands_counts_again(administrator: Member) -> None:
    older = CompletionFactory()
    newer = CompletionFactory(member=older.member, course=older.course, imported=True)
    revoke_completion(completion=newer, reason=WHY, by=administrator)
    assert progress_of(older.member, older.course).completion == older


def test_the_person_may_begin_again_at_once(administrator: Member) -> None:
    done = CompletionFactory()
    revoke_completion(completion=done, reason=WHY, by=administrator)
    again = enrol(course=done.course, by=done.member)
    assert again.cycle == done.enrolment.cycle + 1
    for step in ModulePage.objects.child_of(done.course):
        finish_step(step=step, by=done.member)
    assert progress_of(done.member, done.course).completion.enrolment == again
    assert Enrolment.objects.count() == 2


def test_said_twice_the_first_stands_and_is_told_once(administrator: Member) -> None:
    done = CompletionFactory()
    first = revoke_completion(completion=done, reason=WHY, by=administrator)
    second = revoke_completion(
        completion=done, reason="Other", by=MemberFactory(administrator=True)
    )
    assert second == first
    assert second.reason == WHY
    event = AuditEvent.objects.about(done.member).get()
    assert (event.action, event.actor) == ("completion.revoked", administrator)
    assert WHY not in str(event.detail)


def test_nobody_else_takes_one_back() -> None:
    done = CompletionFactory()
    for person in (done.member, MemberFactory(), allowed("view_completion", "view_revocation")):
        with pytest.raises(PermissionDenied):
            revoke_completion(completion=done, reason=WHY, by=person)
    assert not Revocation.objects.exists()
    assert revoke_completion(completion=done, reason=WHY, by=allowed("revoke_completion"))


def test_the_database_keeps_it(administrator: Member) -> None:
    revoke_completion(completion=CompletionFactory(), reason=WHY, by=administrator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revocation.objects.update(reason="Never mind")
    with pytest.raises(DatabaseError), transaction.atomic():
        Revocation.objects.all().delete()


# --- With the certificate -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reason", "counts"),
    [("mistake", False), ("other-person", False), ("wrong-facts", True), ("request", True)],
)
def test_what_never_counted_goes_with_its_certificate(
    administrator: Member, reason: str, counts: bool
) -> None:
    done = CompletionFactory()
    certificate = certificates.award(completion=done)
    certificates.revoke(certificate=certificate, reason=reason, by=administrator)
    assert bool(progress_of(done.member, done.course).completion) is counts


def test_both_or_neither() -> None:
    done = CompletionFactory()
    certificate = certificates.award(completion=done)
    with pytest.raises(PermissionDenied):
        certificates.revoke(
            certificate=certificate, reason="mistake", by=allowed("revoke_certificate")
        )
    certificate.refresh_from_db()
    assert certificate.status == Certificate.Status.VALID
    assert not Revocation.objects.exists()


def test_my_training_says_that_and_not_why(client: Client, administrator: Member) -> None:
    done = CompletionFactory()
    revoke_completion(completion=done, reason=WHY, by=administrator)
    client.force_login(done.member)
    page = client.get(reverse("my_training")).text
    assert "This no longer counts" in page
    assert WHY not in page
    assert "This no longer counts" in client.get(reverse("my_record")).text
    assert "Start" in client.get(done.course.address).text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_administrators_at_once_take_it_back_once() -> None:
    done, people = (
        CompletionFactory(course=CourseFactory()),
        MemberFactory.create_batch(3, administrator=True),
    )
    deeds = [
        lambda person=person: revoke_completion(completion=done, reason=WHY, by=person)
        for person in people
    ]
    assert failures(*deeds) == []
    assert Revocation.objects.get().completion == done
    assert AuditEvent.objects.filter(action="completion.revoked").count() == 1
