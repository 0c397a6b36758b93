"""The list of essays, and the page that marks one: who sees what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from members.models import AuditEvent
from quizzes.essays.actions import mark_essay, take_essay
from quizzes.models import EssayMark, Sitting, Writing
from tests.members.factories import MemberFactory
from tests.quizzes.essays import TEXT, essay_quiz, handed_in, marker, permitted, written
from tests.quizzes.reading import words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db
QUEUE = "/cms/essays/"


@pytest.fixture
def ann(client: Client) -> Member:
    """A marker, signed in."""
    ann = marker()
    client.force_login(ann)
    return ann


def address(name: str, writing: Writing) -> str:
    return reverse(f"essays:{name}", args=[writing.pk])


def said(response: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def last_deed() -> tuple[str, list[int]]:
    event = AuditEvent.objects.order_by("pk").last()
    return event.action, event.subject_ids


# --- The list -------------------------------------------------------------------------------------
def test_the_list_has_the_oldest_first_and_no_text(client: Client, ann: Member) -> None:
    late, fresh = handed_in(), handed_in()
    Sitting.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - dt.timedelta(days=15))
    page = words(client.get(QUEUE))
    assert page.index(late.member.name_for_others) < page.index(fresh.member.name_for_others)
    assert "15 days ago: late" in page
    assert page.count(": late") == 1
    assert TEXT not in page
    assert last_deed() == ("essay.listed", sorted([late.member_id, fresh.member_id]))


def test_the_list_is_narrowed_by_quiz_and_by_person(client: Client, ann: Member) -> None:
    one, other = handed_in(), handed_in()
    for query in (f"quiz={one.quiz_id}", f"person={one.member.family_name}"):
        page = words(client.get(f"{QUEUE}?{query}"))
        assert one.member.name_for_others in page
        assert other.member.name_for_others not in page
    assert client.get(f"{QUEUE}?quiz=nonsense").status_code == 404


def test_who_may_only_look_sees_who_waits_and_can_do_nothing(client: Client) -> None:
    writing = written(handed_in())
    client.force_login(permitted("view_sitting"))
    response = client.get(QUEUE)
    assert "Nobody yet" in words(response)
    assert "Take it" not in words(response)
    for name in ("take", "give_back", "mark"):
        assert client.post(address(name, writing)).status_code == 404
    assert Writing.objects.get().marker is None


def test_an_author_does_not_know_that_there_is_a_list(client: Client) -> None:
    client.force_login(permitted("change_question"))
    assert client.get(QUEUE).status_code == 404
    assert QUEUE not in client.get("/cms/").content.decode()


def test_the_list_costs_the_same_for_many(
    client: Client, ann: Member, django_assert_max_num_queries: object
) -> None:
    quiz = essay_quiz()
    for _ in range(5):
        handed_in(quiz)
    client.get(QUEUE)
    with django_assert_max_num_queries(26) as few:
        client.get(QUEUE)
    for _ in range(5):
        take_essay(writing=written(handed_in(quiz)), by=marker())
    with django_assert_max_num_queries(len(few)):
        client.get(QUEUE)


# --- Taking and giving back -----------------------------------------------------------------------
def test_take_it_leads_to_the_text(client: Client, ann: Member) -> None:
    sitting = handed_in()
    writing = written(sitting)
    page = words(client.post(address("take", writing), follow=True))
    assert TEXT in page
    assert "Name the safeguarding lead." in page
    assert "Do not investigate" in page
    assert "safeguarding@example.org" in page
    assert last_deed() == ("essay.opened", [sitting.member_id])
    assert "Mark it" in words(client.get(QUEUE))


def test_what_somebody_else_took_is_refused_with_a_sentence(client: Client, ann: Member) -> None:
    writing, ben = written(handed_in()), marker()
    take_essay(writing=writing, by=ben)
    assert str(ben) in words(client.get(QUEUE))
    response = client.post(address("take", writing))
    assert said(response) == f"{ben} has taken this essay."


def test_ones_own_essay_is_for_others(client: Client, ann: Member) -> None:
    writing = written(handed_in(member=ann))
    assert "You wrote this yourself." in words(client.get(QUEUE))
    assert "You wrote this yourself." in said(client.post(address("take", writing)))


def test_giving_back_frees_it(client: Client, ann: Member) -> None:
    writing = take_essay(writing=written(handed_in()), by=ann)
    assert "You have given the essay back." in said(client.post(address("give_back", writing)))
    assert "Take it" in words(client.get(QUEUE))
    assert client.get(address("mark", writing)).status_code == 404


@pytest.mark.parametrize("who", ["another marker", "a superuser", "the person"])
def test_the_text_is_for_its_marker_alone(client: Client, who: str) -> None:
    writing = take_essay(writing=written(handed_in()), by=marker())
    people = {
        "another marker": marker,
        "a superuser": lambda: MemberFactory(administrator=True),
        "the person": lambda: writing.answer.sitting.member,
    }
    client.force_login(people[who]())
    for name in ("mark", "give_back"):
        assert client.post(address(name, writing), {"mark": "100"}).status_code == 404
    assert client.get(address("mark", writing)).status_code == 404
    assert not EssayMark.objects.exists()


# --- Marking --------------------------------------------------------------------------------------
def test_marking_gives_the_result(client: Client, ann: Member) -> None:
    writing = take_essay(writing=written(handed_in()), by=ann)
    response = client.post(address("mark", writing), {"mark": "75", "comment": "Well put."})
    assert said(response) == "The mark is saved."
    given = EssayMark.objects.get()
    assert (given.mark, given.comment, given.marked_by) == (75, "Well put.", ann)
    assert Sitting.objects.get().is_marked
    assert "Nothing is waiting." in words(client.get(QUEUE))
    page = words(client.get(address("mark", writing)))
    assert "the mark no longer changes" in page
    assert "Save the mark" not in page


@pytest.mark.parametrize("mark", ["", "101", "-1", "33", "all"])
def test_a_mark_that_is_none_is_asked_for_again(client: Client, ann: Member, mark: str) -> None:
    writing = take_essay(writing=written(handed_in()), by=ann)
    response = client.post(address("mark", writing), {"mark": mark, "comment": "Kept."})
    assert "error-message" in response.content.decode()
    assert "Kept." in words(response)
    assert not EssayMark.objects.exists()


def test_a_mark_is_corrected_from_the_list(client: Client, ann: Member) -> None:
    sitting = handed_in(essay_quiz(essays=2))
    writing = take_essay(writing=written(sitting), by=ann)
    mark_essay(writing=writing, mark=0, comment="Hm.", by=ann)
    assert "the result is not out yet" in words(client.get(QUEUE))
    page = client.get(address("mark", writing)).content.decode()
    assert "Hm." in page
    assert "Give it back" not in page
    client.post(address("mark", writing), {"mark": "50", "comment": "Better."})
    writing.answer.refresh_from_db()
    assert writing.answer.mark == 50


def test_what_is_open_is_never_kept_by_a_browser(client: Client, ann: Member) -> None:
    writing = take_essay(writing=written(handed_in()), by=ann)
    for page in (QUEUE, address("mark", writing)):
        assert client.get(page)["Cache-Control"] == "no-store, private"
