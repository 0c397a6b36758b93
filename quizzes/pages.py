"""What the pages of a sitting share: whose they are, what they ask of the database, and the way
back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from quizzes.actions import close_if_over
from quizzes.models import Answer, Sitting
from quizzes.models.sitting import is_over

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpResponse
    from wagtail.images.models import AbstractRendition

    from members.http import MemberRequest
    from quizzes.asked import AskedQuestion

HOME = "/"
PICTURE = "max-640x640"  # pixels
TOO_LATE = (
    "Your time was up before you sent this answer, so it is not kept. "
    "Everything you had saved before counts."
)


def own_sitting(request: MemberRequest, pk: int) -> Sitting:
    """Return the person's sitting; one whose time is up is closed first."""
    sittings = Sitting.objects.visible_to(request.user).with_clock().select_related("quiz")
    return _as_of_now(request, get_object_or_404(sittings, pk=pk))


def own_answer(request: MemberRequest, pk: int, position: int) -> Answer:
    """Return an answer of the person's sitting, with all its page needs, in one query."""
    last = Answer.objects.filter(sitting=OuterRef("sitting")).order_by("-position")
    answers = Answer.objects.visible_to(request.user).with_words().with_secrecy()
    answers = answers.select_related("sitting__quiz")
    answer = get_object_or_404(
        answers.annotate(
            total=Subquery(last.values("number")[:1]),
            last=Subquery(last.values("position")[:1]),
            is_over=is_over("sitting__"),
        ),
        sitting=pk,
        position=position,
    )
    answer.sitting.is_over = answer.is_over  # type: ignore[attr-defined]
    answer.sitting = _as_of_now(request, answer.sitting)
    return answer


def _as_of_now(request: MemberRequest, sitting: Sitting) -> Sitting:
    sitting.member = request.user
    now = close_if_over(sitting)
    now.quiz, now.member = sitting.quiz, sitting.member
    return now


def picture_of(asked: AskedQuestion) -> AbstractRendition | None:
    """Return a question's image in the size of the page; None if there is none (any more)."""
    if asked.image_id is None:
        return None
    image = get_image_model().objects.filter(pk=asked.image_id).first()
    return get_rendition_or_not_found(image, PICTURE) if image else None


def page(
    request: MemberRequest,
    name: str,
    sitting: Sitting,
    facts: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a sitting."""
    facts = facts or {}
    context = {
        **facts,
        "sitting": sitting,
        "quiz": sitting.quiz,
        # Whoever writes, or reads it again, may want to leave at once.
        "sensitive": sitting.quiz.is_sensitive or facts.get("has_essay", False),
        "way_back": way_back(request, sitting),
    }
    return render(request, f"quizzes/{name}.html", context, status=status)


def closed(request: MemberRequest, sitting: Sitting) -> HttpResponse:
    """Answer who asks for, or sends, a page of a sitting that is no longer open."""
    if request.method == "POST" and sitting.is_timed_out:
        messages.info(request, TOO_LATE)
    if sitting.is_timed_out:
        return redirect("quizzes:result", sitting.pk)
    status = 409 if request.method == "POST" else 200
    return page(request, "submitted", sitting, status=status)


def step_back(request: MemberRequest, answer: Answer) -> str:
    """Return where a question's Back leads."""
    sitting = answer.sitting
    if "check" in request.GET:
        return reverse("quizzes:check", args=[sitting.pk])
    if answer.position == 1:
        return way_back(request, sitting)
    return reverse("quizzes:question", args=[sitting.pk, answer.position - 1])


def step_on(request: MemberRequest, answer: Answer) -> str:
    """Return what comes after a question: the next one, or all answers."""
    sitting = answer.sitting
    if "check" in request.GET or answer.position == answer.last:  # type: ignore[attr-defined]
        return reverse("quizzes:check", args=[sitting.pk])
    return reverse("quizzes:question", args=[sitting.pk, answer.position + 1])


def way_back(request: MemberRequest, sitting: Sitting) -> str:
    """Return the page of this site that sent the person here."""
    ours = url_has_allowed_host_and_scheme(sitting.return_to, allowed_hosts={request.get_host()})
    return sitting.return_to if ours else HOME
