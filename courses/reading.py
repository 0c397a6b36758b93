"""What happens on the pages of a course: its overview, a module, and the start of its quiz.

Reading never writes: a round begins when somebody presses Start or Continue, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from courses.actions import CannotStart, begin_quiz, enrol, finish_step
from courses.forms import FinishedForm
from courses.progress import progress_of
from quizzes.attempts import NoAttemptNow, chances

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse, QueryDict

    from courses.models import CoursePage, ModulePage, QuizStepPage
    from courses.parts import Part
    from courses.progress import CourseProgress
    from members.models import Member
    from members.pages import PlacedPage
    from quizzes.models import Sitting


def course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Show the overview; on POST start, resume or renew and go to the next part."""
    if request.method == "POST":
        return _start(request, page)
    progress = progress_of(reader_of(request), page)
    closed = page.is_closed_to(request.user)
    door = f"{settings.LOGIN_URL}?{urlencode({'next': page.address})}"
    return answer(request, page, page, progress=progress, closed=closed, sign_in_url=door)


def module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    """Show a lesson; on POST answer its self-check or remember that it is finished."""
    progress = progress_of(reader_of(request), page.course)
    if wall := wall_before(request, page, progress):
        return wall
    if request.method == "POST" and "check" not in request.POST:
        return _finish(request, page, progress)
    kept = kept_post(request)
    choice = {"finished": kept.get("finished", "")} if kept else None
    return _lesson(request, page, progress, FinishedForm(initial=choice), kept=bool(choice))


def quiz_step(request: HttpRequest, page: QuizStepPage) -> HttpResponse:
    """Show what to expect of the quiz; on POST begin it."""
    progress = progress_of(reader_of(request), page.course)
    if wall := wall_before(request, page, progress):
        return wall
    reader, quiz = reader_of(request), page.quiz if page.quiz_id else None
    if request.method == "POST" and reader:
        return begin(request, page, lambda: begin_quiz(step=page, by=reader))
    occasion = progress.enrolment.occasion if progress.enrolment else ""
    standing = chances(quiz=quiz, member=reader, occasion=occasion) if reader and quiz else None
    facts: dict[str, Any] = {"progress": progress, "step": progress.step(page.pk)}
    return answer(request, page, page.course, quiz=quiz, chances=standing, **facts)


def _start(request: HttpRequest, page: CoursePage) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(page.address)
    try:
        enrol(course=page, by=request.user)
    except CannotStart as reason:
        return say(request, str(reason), page.address)
    step = progress_of(request.user, page).next_step
    return redirect(step.url if step else page.address)


def _finish(request: HttpRequest, page: ModulePage, progress: CourseProgress) -> HttpResponse:
    form = FinishedForm(request.POST)
    if not form.is_valid():
        return _lesson(request, page, progress, form)
    reader = reader_of(request)
    if reader is None or not progress.counts:
        return redirect(page.course.address)
    if not form.says_yes:
        enrol(course=page.course, by=reader)
        messages.success(request, "Saved. You can come back to this part at any time.")
        return redirect(page.course.address)
    finish_step(step=page, by=reader)
    return _onward(request, progress_of(reader, page.course))


def _onward(request: HttpRequest, progress: CourseProgress) -> HttpResponse:
    """Go on to the next part; to the overview when that was the last one."""
    messages.success(request, f"Saved. {progress.in_words}.")
    step = progress.next_step if progress.is_open else None
    return redirect(step.url if step else progress.course.address)


def begin(request: HttpRequest, page: Part, start: Callable[[], Sitting]) -> HttpResponse:
    """Begin a quiz and go to its questions; say why not where that is refused."""
    try:
        sitting = start()
    except (CannotStart, NoAttemptNow) as reason:
        return say(request, str(reason), page.address)
    return redirect(sitting)  # leads to where the person left off


def say(request: HttpRequest, words: str, address: str) -> HttpResponse:
    messages.info(request, words)
    return redirect(address)


def wall_before(request: HttpRequest, page: Part, progress: CourseProgress) -> HttpResponse | None:
    """Return the page that stands before a part: not for this person, not yet, or a word first."""
    if is_preview(request):
        return None
    if not page.course.live:
        raise Http404
    step = progress.step(page.pk)
    facts: dict[str, Any] = {"progress": progress, "step": step}
    if page.course.is_closed_to(request.user):
        return answer(request, page, page.course, "courses/not_for_you.html", **facts)
    if step and step.is_locked:
        return answer(request, page, page.course, "courses/not_yet.html", **facts)
    if _needs_a_word_first(request, page, progress):
        return answer(request, page, page.course, "courses/interruption.html", **facts)
    return None


def _needs_a_word_first(request: HttpRequest, page: Part, progress: CourseProgress) -> bool:
    """Whether this is the first sensitive part this person opens in the course."""
    if reader_of(request) is None or not page.is_lesson or not page.is_sensitive:
        return False
    if request.method == "POST":
        return False
    lessons = [step for step in progress.steps if step.is_lesson]
    met = any(step.is_done and step.page.is_sensitive for step in lessons)
    return not met and "seen" not in request.GET and kept_post(request) is None


def _lesson(
    request: HttpRequest,
    page: ModulePage,
    progress: CourseProgress,
    form: FinishedForm,
    *,
    kept: bool = False,
) -> HttpResponse:
    facts: dict[str, Any] = {"progress": progress, "step": progress.step(page.pk)}
    facts |= {"form": form, "kept": kept}
    facts["checked"] = request.POST.get("check", "")
    facts["chosen"] = request.POST.get("choice", "")
    return answer(request, page, page.course, **facts)


def kept_post(request: HttpRequest) -> QueryDict | None:
    """Return what was posted here just after the session had ended, if anything."""
    return getattr(request, "kept_post", None)


def answer(
    request: HttpRequest, page: PlacedPage, course: CoursePage, template: str = "", **facts: Any
) -> HttpResponse:
    sensitive = course.is_sensitive or getattr(page, "is_sensitive", False)
    context = {**page.get_context(request), "course": course, "sensitive": sensitive, **facts}
    response = TemplateResponse(request, template or page.get_template(request), context)
    if sensitive:
        response["Cache-Control"] = "no-store"
    return response


def reader_of(request: HttpRequest) -> Member | None:
    """Return who reads; nobody in an editor's preview, which shows what a newcomer sees."""
    if is_preview(request) or not request.user.is_authenticated:
        return None
    return request.user


def is_preview(request: HttpRequest) -> bool:
    """Whether an editor looks at a draft. Wagtail's preview marks its requests."""
    return getattr(request, "is_preview", False)
