"""A small party with its courses, in which every kind of page has something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.core.management import call_command

from compliance.models import Requirement
from compliance.reports.quarters import Quarter
from courses.actions import begin_quiz, enrol, finish_step
from courses.import_files import read_table
from courses.imports import import_table, keep_for_preview
from courses.management.commands.load_courses import CONTENT
from courses.models import CoursePage, Evidence, ImportedRow, ModulePage, QuizStepPage
from members.actions import decline_mail
from members.declining import path_for
from members.mail import post_mail
from members.models import Mail, Member, Tenure, Unit
from quizzes.actions import save_answer, submit_sitting
from quizzes.essays.actions import take_essay
from quizzes.kinds import CHOICES
from support.models import SupportOrganisation
from tests.browser.assignments import assignments
from tests.browser.webinars import webinars
from tests.certificates.factories import CertificateFactory
from tests.compliance.factories import SignedReturnFactory
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.members.factories import MemberFactory
from tests.quizzes.essays import essay_quiz, handed_in, written
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.kinds import question_of, right_answer, scenario, wrong_answer
from training.demo.accounts import HOME_CLP

if TYPE_CHECKING:
    from quizzes.models import Sitting

# The others have no kind of page of their own, and each party of a test takes its time.
TAUGHT = (
    "safeguarding-essentials",
    "safeguarding-essentials-easy-read",
    "safeguarding-essentials-refresher",
    "preventing-sexual-harassment",
    "preventing-sexual-harassment-refresher",
)
MEMBERS = 160  # of whom 17 hold posts in the chair's own constituency


def gather() -> dict[str, object]:
    """Make the party; return what the addresses of its pages are made of."""
    call_command("load_units", verbosity=0)
    call_command("load_courses", *(CONTENT / f"{name}.yaml" for name in TAUGHT), verbosity=0)
    call_command("load_webinars", verbosity=0)
    call_command("load_courses", CONTENT / "safeguarding-essentials-live.yaml", verbosity=0)
    call_command("load_support", verbosity=0)
    call_command("load_roles", verbosity=0)
    call_command("demo", members=MEMBERS, verbosity=0)
    course = CoursePage.objects.get(slug="safeguarding-essentials")
    half_way(course)
    return {
        "locked": _locked_part(),
        "adults": CourseFactory(title="For adults", adults_only=True).slug,
        "empty": CourseFactory(title="Soon", modules=0).slug,
        "requirement": Requirement.objects.first().pk,
        "organisation": SupportOrganisation.objects.first().pk,
        "question": QuestionFactory().pk,
        "weekly": path_for(person("chair"), "digest"),
        "weekly_off": _declined(),
        "post": Tenure.objects.first().pk,
        "mail": _mail().pk,
        "last_quarter": _signed(),
        **_elsewhere(),
        **_people(course),
        **assignments(course, person("admin")),
        **_sittings(course),
        **_certificates(course),
        **webinars(person("host"), person("member"), person("councillor")),
        "essay": _essay(),
    }


def person(name: str) -> Member:
    return Member.objects.get(email=f"{name}@example.org")


def half_way(course: CoursePage, name: str = "councillor") -> None:
    """Let somebody read the first two parts."""
    enrol(course=course, by=person(name))
    for lesson in ModulePage.objects.child_of(course)[:2]:
        finish_step(step=lesson, by=person(name))


def _elsewhere() -> dict[str, object]:
    """Return a claim that waits, a file at its preview, and a row whose person was not found."""
    table = read_table(
        b"email,course,completed_on\n"
        b"lost@example.org,safeguarding-essentials,2025-03-27\n"
        b"member@example.org,safeguarding-essentials,soon\n"
    )
    admin = person("admin")
    import_table(table=table, file_name="past.csv", good_rows=True, by=admin)
    return {
        "claim": Evidence.objects.waiting().first().pk,
        "preview": keep_for_preview(table=table, file_name="past.csv", by=admin).pk,
        "lost": ImportedRow.objects.unmatched().first().pk,
    }


def _people(course: CoursePage) -> dict[str, object]:
    lapsed = MemberFactory(email="lapsed@example.org")
    CompletionFactory(member=lapsed, course=course, expired=True)
    MemberFactory(email="young@example.org", under_18=True)
    holder = person("councillor")
    key = f"{user_pk_to_url_str(holder)}-{default_token_generator.make_token(holder)}"
    return {"holder": holder.pk, "key": key}


def _signed() -> str:
    """Let the chair have signed a return; name the quarter for which one can be signed."""
    SignedReturnFactory(unit=Unit.objects.get(code=HOME_CLP), signed_by=person("chair"))
    return Quarter.last_over().code


def _declined() -> str:
    """Return where somebody finds the weekly mail switched off."""
    decline_mail(member=person("chair2"), kind="digest")
    return path_for(person("chair2"), "digest")


def _mail() -> Mail:
    text = f"Hello,\n\nSee http://localhost:8000/{'long-address-' * 8}/ for more."
    said = {"kind": "notice", "subject": "About your training", "text": text, "html": ""}
    mail = post_mail(key="browser", to=person("chair"), **said)
    assert mail
    return mail


def _sittings(course: CoursePage) -> dict[str, object]:
    step = QuizStepPage.objects.child_of(course).get()
    # So that each paper is one question a page with buttons to choose: the other types stand apart.
    step.quiz.pool.exclude(question__kind__in=CHOICES).delete()
    step.quiz.pool.update(is_critical=False)
    lists = [question_of(kind) for kind in ("matching", "ordering", "numeric", "short_text")]
    listed = QuizFactory(questions=[*lists, scenario()], order="written")
    several = QuizFactory(questions=QuestionFactory.create_batch(2, multiple=True))
    return {
        "open": _half_answered(begin_quiz(step=step, by=person("councillor"))).pk,
        "several": SittingFactory(quiz=several, member=person("member")).pk,
        "listed": SittingFactory(quiz=listed, member=person("member")).pk,
        "failed": _answered(begin_quiz(step=step, by=person("member")), right=4).pk,
        "passed": _passed(course, step).pk,
        "practised": QuizFactory(allows_practice=True).slug,
    }


def _essay() -> int:
    """Let the administrator have taken one of two essays that wait."""
    admin, quiz = person("admin"), essay_quiz(title="Handling a disclosure")
    admin.groups.add(Group.objects.get(name="Markers"))
    handed_in(quiz, member=person("chair"))
    return take_essay(writing=written(handed_in(quiz, person("councillor"))), by=admin).pk


def _half_answered(sitting: Sitting) -> Sitting:
    for answer in sitting.answers.with_words()[:3]:
        save_answer(answer=answer, by=sitting.member, **right_answer(answer))
    return sitting


def _answered(sitting: Sitting, *, right: int) -> Sitting:
    for answer in sitting.answers.with_words():
        given = right_answer(answer) if answer.position <= right else wrong_answer(answer)
        save_answer(answer=answer, by=sitting.member, **given)
    return submit_sitting(sitting=sitting, by=sitting.member)


def _passed(course: CoursePage, step: QuizStepPage) -> Sitting:
    chair = person("chair")
    enrol(course=course, by=chair)
    for lesson in ModulePage.objects.child_of(course):
        finish_step(step=lesson, by=chair)
    return _answered(begin_quiz(step=step, by=chair), right=9)


def _certificates(course: CoursePage) -> dict[str, object]:
    states = ("shared", "expired", "revoked")
    made = {
        state: CertificateFactory(**{state: True}, is_shared=True, completion__course=course)
        for state in states
    }
    codes = {
        f"{state}_check": f"code={it.code}&surname={it.completion.member.family_name}"
        for state, it in made.items()
    }
    own = person("chair").completions.get().certificate
    return codes | {"certificate": own.pk, "another": made["shared"].pk}


def _locked_part() -> str:
    course = CourseFactory(title="One after the other", fixed_order=True)
    return str(ModulePage.objects.child_of(course).last().address)
