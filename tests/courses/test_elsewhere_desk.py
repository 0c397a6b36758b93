"""Training elsewhere in the administration: the queue, a claim, its file, entering."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from courses.elsewhere import send_back
from courses.models import Completion, Evidence, ForgottenFile
from courses.models.evidence import private_storage
from members.append_only import erasure_window
from members.models import AuditEvent
from tests.courses.factories import CourseFactory
from tests.courses.proofs import JPEG, PDF, a_claim, days_ago, decider
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db

QUEUE, ENTER = "/cms/training-elsewhere/", "/cms/training-elsewhere/enter/"


@pytest.fixture
def ada(client: Client) -> Member:
    """Somebody who decides, signed in."""
    member = decider(given_name="Ada")
    client.force_login(member)
    return member


def address(claim: Evidence, page: str = "") -> str:
    return f"{QUEUE}{claim.pk}/{page}"


def looks(claim: Evidence) -> list[str]:
    about = AuditEvent.objects.about(claim.member).order_by("pk")
    return list(about.values_list("action", flat=True))


def test_the_queue_lists_what_waits_the_oldest_first(client: Client, ada: Member) -> None:
    first, second, done = a_claim(provider="First"), a_claim(provider="Second"), a_claim()
    send_back(evidence=done, reason="Blurred.", by=decider())
    page = client.get(QUEUE)
    assert page.text.index("by First") < page.text.index("by Second")
    assert address(done) not in page.text
    assert looks(first) == looks(second) == ["evidence.listed"]
    assert "Nothing is waiting" not in page.text


def test_the_queue_takes_as_many_queries_for_many_as_for_few(
    client: Client, ada: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_claim()
    client.get(QUEUE)
    with django_assert_max_num_queries(40) as few:
        client.get(QUEUE)
    for _ in range(4):
        a_claim()
    with django_assert_max_num_queries(len(few)):
        client.get(QUEUE)


def test_approving_with_the_days_of_the_proof(client: Client, ada: Member) -> None:
    claim = a_claim()
    assert "A council" in client.get(address(claim)).text
    days = {"completed_on": days_ago(50).isoformat(), "expires_on": ""}
    page = client.post(address(claim), {"approve": "1"} | days, follow=True)
    assert "is approved" in page.text
    assert Completion.objects.get().completed_on == days_ago(50)
    page = client.post(address(claim), {"approve": "1"} | days, follow=True)
    assert "decided already" in page.text
    assert Completion.objects.count() == 1
    assert 'name="approve"' not in client.get(address(claim)).text


def test_a_wrong_day_is_refused_and_stays_in_its_box(client: Client, ada: Member) -> None:
    claim = a_claim()
    day = days_ago(-9).isoformat()
    page = client.post(address(claim), {"approve": "1", "completed_on": day, "expires_on": ""})
    assert "has not come yet" in page.text
    assert day in page.text


def test_sending_back_asks_why(client: Client, ada: Member) -> None:
    claim = a_claim()
    page = client.post(address(claim), {"send_back": "1", "reason": ""})
    assert "so that the person knows" in page.text
    client.post(address(claim), {"send_back": "1", "reason": "No name on it."})
    assert Evidence.objects.with_outcome().get().state == "sent-back"
    assert "No name on it." in client.get(address(claim)).text


def test_ones_own_claim_waits_for_somebody_else(client: Client, ada: Member) -> None:
    claim = a_claim(ada)
    page = client.get(address(claim))
    assert "Another administrator must decide" in page.text
    assert 'name="approve"' not in page.text
    days = {"completed_on": days_ago(50).isoformat(), "expires_on": ""}
    page = client.post(address(claim), {"approve": "1"} | days, follow=True)
    assert "your own training" in page.text
    assert not Completion.objects.exists()


def test_the_file_is_handed_out_safely_and_each_look_is_written_down(
    client: Client, ada: Member
) -> None:
    document, photo = a_claim(), a_claim(content=JPEG, name="photo.html")
    for claim, kind, content in (
        (document, "application/pdf", PDF),
        (photo, "image/jpeg", JPEG),
    ):
        response = client.get(address(claim, "file/"))
        assert b"".join(response) == content
        assert response["Content-Type"] == kind
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("default-src 'none'")
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "no-store, private"
        assert looks(claim) == ["evidence.file-viewed"]
        response = client.get(f"/media/{claim.file.name}/")
        assert response.status_code == 404
    assert client.get(address(document, "file/"))["Content-Disposition"].startswith("attachment")
    assert client.get(address(photo, "file/"))["Content-Disposition"].startswith("inline")


def test_who_may_not_decide_finds_nothing(client: Client) -> None:
    author = decider()
    author.user_permissions.set(author.user_permissions.filter(codename="access_admin"))
    claim, own = a_claim(), a_claim(author)
    client.force_login(author)
    for one in (claim, own):
        assert client.get(address(one)).status_code == 404
        assert client.get(address(one, "file/")).status_code == 404
    for page in (QUEUE, ENTER):
        assert client.get(page).status_code == 302
    assert "training-elsewhere" not in client.get("/cms/", follow=True).text
    client.force_login(MemberFactory())
    assert client.get(address(claim, "file/")).status_code == 404
    assert not AuditEvent.objects.about(claim.member).exists()


# --- Entering -------------------------------------------------------------------------------------
def entry(member: Member, **changed: object) -> dict[str, object]:
    return {
        "member": member.pk,
        "course": CourseFactory().pk,
        "provider": "A union",
        "completed_on": days_ago(20).isoformat(),
        "expires_on": "",
        "reference": "Folder 3",
    } | changed


def test_training_is_entered_and_counts_at_once(client: Client, ada: Member) -> None:
    jo = MemberFactory()
    assert "Enter and approve" in client.get(ENTER).text
    page = client.post(ENTER, entry(jo), follow=True)
    assert "counts for" in page.text
    assert Completion.objects.get().member == jo


def test_an_entry_without_proof_or_about_oneself_is_refused(client: Client, ada: Member) -> None:
    page = client.post(ENTER, entry(MemberFactory(), reference=""))
    assert "where the proof is kept" in page.text
    assert "A union" in page.text
    assert "your own training" in client.post(ENTER, entry(ada)).text
    wrong = SimpleUploadedFile("proof.pdf", b"no")
    assert "not a PDF" in client.post(ENTER, entry(MemberFactory(), file=wrong)).text
    assert not Evidence.objects.exists()


# --- Forgetting -----------------------------------------------------------------------------------
def test_the_file_goes_thirty_days_after_the_decision_and_the_row_stays(
    client: Client, ada: Member
) -> None:
    waiting, fresh, old = a_claim(), a_claim(), a_claim()
    for claim in (fresh, old):
        send_back(evidence=claim, reason="Blurred.", by=ada)
    with erasure_window():
        month = timezone.now() - dt.timedelta(days=30, minutes=1)
        type(old.decision).objects.filter(evidence=old).update(recorded_at=month)
    assert client.get(address(old, "file/")).status_code == 404  # before the command has run, too
    for _ in range(2):
        call_command("forget_evidence_files", verbosity=0)
        there = [private_storage().exists(it.file.name) for it in (waiting, fresh, old)]
        assert there == [True, True, False]
        assert ForgottenFile.objects.get().evidence == old
    assert client.get(address(fresh, "file/")).status_code == 200
    client.force_login(old.member)
    page = client.get(reverse("courses:elsewhere", args=[old.course.slug]))
    assert "Deleted, as promised" in page.text


def test_files_that_no_claim_names_go_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = a_claim()
    stray = private_storage().save("evidence/0123", claim.file)
    call_command("forget_evidence_files", verbosity=0)
    assert private_storage().exists(stray)  # its transaction may still be under way
    monkeypatch.setattr("courses.forgetting.A_DAY", dt.timedelta(days=-1))
    call_command("forget_evidence_files", verbosity=0)
    assert not private_storage().exists(stray)
    assert private_storage().exists(claim.file.name)


def test_the_first_page_says_what_waits(client: Client, ada: Member) -> None:
    a_claim()
    assert "proof of training elsewhere to approve or send back" in client.get("/cms/").text
