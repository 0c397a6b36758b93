"""Claims of training done elsewhere: what the verbs do and refuse."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.elsewhere import CannotCount, approve, enter, hand_in, send_back, withdraw
from courses.models import Completion, Evidence, EvidenceDecision
from courses.models.evidence import private_storage
from members.append_only import erasure_window
from members.models import AuditEvent
from tests.courses.factories import CourseFactory
from tests.courses.proofs import JPEG, PDF, PNG, a_claim, days_ago, decider, open_course, paper
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db


def approved(claim: Evidence, **facts: object) -> Completion:
    days = {"completed_on": claim.completed_on, "expires_on": claim.expires_on} | facts
    return approve(evidence=claim, by=decider(), **days).completion


# --- Handing in -----------------------------------------------------------------------------------
def test_handing_in_keeps_the_file_in_private_under_a_name_nobody_can_guess() -> None:
    claim = a_claim(name="Jo Smith.pdf")
    assert claim.is_waiting
    assert claim.file_name == "Jo Smith.pdf"
    assert "Smith" not in claim.file.name
    assert private_storage().open(claim.file.name).read() == PDF
    assert not Completion.objects.exists()


@pytest.mark.parametrize("content", [PDF, PNG, JPEG])
def test_a_file_is_what_it_begins_with_not_what_it_is_called(content: bytes) -> None:
    assert a_claim(content=content, name="anything.exe").has_file


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"content": b""}, "empty"),
        ({"content": b"<svg onload=alert(1)>", "name": "proof.png"}, "not a PDF"),
        ({"content": b"PK\x03\x04", "name": "proof.pdf"}, "not a PDF"),
        ({"content": PDF + b"0" * (5 * 1024 * 1024)}, "larger than 5 MB"),
        ({"content": None}, "photo or a PDF"),
        ({"completed_on": dt.date(1999, 12, 31)}, "before the year 2000"),
        ({"completed_on": days_ago(-1)}, "has not come"),
        ({"expires_on": days_ago(31)}, "before the day"),
    ],
)
def test_what_cannot_be_a_proof_is_refused_and_leaves_nothing(
    facts: dict[str, object], reason: str
) -> None:
    with pytest.raises(CannotCount, match=reason):
        a_claim(**facts)
    assert not Evidence.objects.exists()


def test_a_course_that_takes_no_proofs_or_is_for_adults_takes_none() -> None:
    with pytest.raises(CannotCount):
        a_claim(course=CourseFactory())
    with pytest.raises(CannotCount):
        a_claim(MemberFactory(under_18=True), open_course(adults_only=True))


def test_one_claim_waits_at_a_time_and_the_next_replaces_it() -> None:
    first = a_claim()
    with pytest.raises(CannotCount, match="waiting already"):
        a_claim(first.member, first.course)
    send_back(evidence=first, reason="The photo is blurred.", by=decider())
    second = a_claim(first.member, first.course)
    assert second.replaces == first
    assert Evidence.objects.newest().get() == second
    assert a_claim(first.member).is_waiting  # another course
    assert a_claim(course=first.course).is_waiting  # another person


def test_the_database_itself_refuses_a_second_line_of_claims() -> None:
    first = a_claim()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_claims_and_decisions_are_never_rewritten() -> None:
    claim = a_claim()
    withdraw(evidence=claim, by=claim.member)
    for model, change in ((Evidence, {"provider": "Us"}), (EvidenceDecision, {"reason": "No"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
    with erasure_window():
        EvidenceDecision.objects.all().delete()


# --- Withdrawing ----------------------------------------------------------------------------------
def test_only_oneself_withdraws_and_only_while_it_waits() -> None:
    claim = a_claim()
    with pytest.raises(PermissionDenied):
        withdraw(evidence=claim, by=decider())
    withdraw(evidence=claim, by=claim.member)
    assert Evidence.objects.get().state == "withdrawn"
    with pytest.raises(CannotCount, match="decided already"):
        approved(claim)


# --- Deciding -------------------------------------------------------------------------------------
def test_approving_counts_from_the_real_day() -> None:
    claim = a_claim(course=open_course(validity_months=12), completed_on=days_ago(100))
    completion = approved(claim)
    assert completion.source == Completion.Source.EVIDENCE
    assert completion.completed_on == days_ago(100)
    assert completion.valid_to == claim.course.valid_to(days_ago(100))
    assert not hasattr(completion, "certificate")  # somebody else taught it
    actions = set(AuditEvent.objects.about(claim.member).values_list("action", flat=True))
    assert actions == {"evidence.approved"}


def test_the_papers_own_last_day_ends_it_earlier_and_never_later() -> None:
    course = open_course(validity_months=12)
    sooner = approved(a_claim(course=course, expires_on=days_ago(-10)))
    assert sooner.valid_to == days_ago(-10)
    later = approved(a_claim(course=course, expires_on=days_ago(-5000)))
    assert later.valid_to == course.valid_to(later.completed_on)


def test_it_may_be_over_before_it_is_recorded() -> None:
    completion = approved(a_claim(completed_on=days_ago(1000)))
    assert completion.valid_to < days_ago(0)
    assert completion.recorded_at.date() >= days_ago(1)


def test_corrected_days_count_and_both_are_kept() -> None:
    claim = a_claim(completed_on=days_ago(30), expires_on=days_ago(-30))
    completion = approved(claim, completed_on=days_ago(60), expires_on=days_ago(-20))
    assert (completion.completed_on, completion.valid_to) == (days_ago(60), days_ago(-20))
    decision = EvidenceDecision.objects.get()
    assert (decision.completed_on, decision.expires_on) == (days_ago(60), days_ago(-20))
    assert (decision.evidence.completed_on, decision.evidence.expires_on) == (
        days_ago(30),
        days_ago(-30),
    )


@pytest.mark.parametrize("days", [{"completed_on": days_ago(-1)}, {"expires_on": days_ago(31)}])
def test_corrections_obey_the_same_rules(days: dict[str, object]) -> None:
    with pytest.raises(CannotCount):
        approved(a_claim(completed_on=days_ago(30)), **days)
    assert not Completion.objects.exists()


def test_nobody_decides_about_their_own() -> None:
    ada = decider()
    claim = a_claim(ada)
    for verb in (
        lambda: approve(evidence=claim, completed_on=days_ago(3), expires_on=None, by=ada),
        lambda: send_back(evidence=claim, reason="Why not", by=ada),
        lambda: enter(member=ada, course=claim.course, paper=paper(), by=ada),
    ):
        with pytest.raises(CannotCount, match="your own"):
            verb()
    assert Evidence.objects.waiting().get() == claim


def test_nobody_decides_without_the_permission() -> None:
    claim, member = a_claim(), MemberFactory()
    with pytest.raises(PermissionDenied):
        approve(evidence=claim, completed_on=days_ago(3), expires_on=None, by=member)
    with pytest.raises(PermissionDenied):
        send_back(evidence=claim, reason="No.", by=member)
    with pytest.raises(PermissionDenied):
        enter(member=claim.member, course=claim.course, paper=paper(), by=member)


def test_sending_back_says_why_and_a_claim_is_decided_once() -> None:
    claim = a_claim()
    with pytest.raises(CannotCount, match="Say why"):
        send_back(evidence=claim, reason="  ", by=decider())
    send_back(evidence=claim, reason=" Blurred. ", by=decider())
    assert Evidence.objects.get().outcome.reason == "Blurred."
    with pytest.raises(CannotCount, match="decided already"):
        approved(claim)
    assert not Completion.objects.exists()


# --- Entering for somebody ------------------------------------------------------------------------
def test_entering_counts_at_once_with_a_reference_in_place_of_a_file() -> None:
    jo, ada, course = MemberFactory(), decider(), CourseFactory()
    enter(member=jo, course=course, paper=paper(None, reference="Folder 3"), by=ada)
    claim = Evidence.objects.with_outcome().get()
    assert (claim.state, claim.submitted_by, claim.reference) == ("approved", ada, "Folder 3")
    assert not claim.has_file
    assert Completion.objects.get().member == jo


def test_entering_needs_some_proof_and_waits_for_a_claim_that_waits() -> None:
    with pytest.raises(CannotCount, match="where the proof is kept"):
        enter(member=MemberFactory(), course=CourseFactory(), paper=paper(None), by=decider())
    claim = a_claim()
    with pytest.raises(CannotCount, match="waiting already"):
        enter(member=claim.member, course=claim.course, paper=paper(), by=decider())


# --- Words ----------------------------------------------------------------------------------------
def test_waiting__is_in_the_order_it_came_and_visible_to_its_person_and_deciders() -> None:
    second, first = a_claim(), a_claim()
    with erasure_window():
        day = timezone.now() - dt.timedelta(days=1)
        Evidence.objects.filter(pk=first.pk).update(submitted_at=day)
    assert list(Evidence.objects.waiting()) == [first, second]
    assert list(Evidence.objects.visible_to(first.member)) == [first]
    assert Evidence.objects.visible_to(decider()).count() == 2
    withdraw(evidence=first, by=first.member)
    assert Evidence.objects.waiting().get() == second
    assert hand_in(course=first.course, paper=paper(), by=first.member).replaces == first
