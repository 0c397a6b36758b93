"""One small party with everybody in it, and something of everything to ask for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from compliance.reports.quarters import Quarter
from members.declining import path_for
from tests.certificates.factories import CertificateFactory
from tests.compliance.factories import RequirementFactory, SignedReturnFactory
from tests.courses.factories import CourseFactory
from tests.courses.proofs import a_claim
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from tests.quizzes.factories import QuizFactory, SittingFactory
from tests.webinars import workbench
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.recordings import a_recording
from webinars.calendar.feeds import address_of, renew_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Member

ROLES = (
    "anonymous",
    "member",
    "chair",
    "chair_elsewhere",
    "ex_chair",
    "regional",
    "national",
    "committee",
    "author",
    "administrator",
)


# The pages of the host's desk about one session, which its region runs.
OF_HOSTS = (
    "hosting",
    "enter",
    "tool_recordings",
    "edit_session",
    "cancel_session",
    "people",
    "people_csv",
    "needs",
    "message",
    "code",
)


@dataclass
class World:
    """The people by role, and the arguments with which each URL asks for what is theirs."""

    people: dict[str, Member | None] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Build two constituencies in one region. The member owns a sitting and a certificate."""
    world = World()
    party = UnitFactory(party=True, code="PARTY")
    region = UnitFactory(parent=party, region=True)
    here, elsewhere = UnitFactory(parent=region), UnitFactory(parent=region)
    officer = PostKindFactory(national=True)
    world.people = {
        "anonymous": None,
        "member": MemberFactory(home_unit=here),
        "chair": TenureFactory(chair=True, unit=here).member,
        "chair_elsewhere": TenureFactory(chair=True, unit=elsewhere).member,
        "ex_chair": TenureFactory(chair=True, unit=here, ended_on=dt.date(2025, 6, 1)).member,
        "regional": TenureFactory(post_kind__regional=True, unit=region).member,
        "national": TenureFactory(post_kind=officer, unit=party).member,
        "committee": TenureFactory(post_kind__figures=True, unit=party).member,
        "author": MemberFactory(),
        "administrator": MemberFactory(),
    }
    course = CourseFactory(accepts_evidence=True)
    join_groups(world)
    sitting = SittingFactory(member=world.people["member"], passed=True)
    going = SittingFactory(member=world.people["member"])
    certificate = CertificateFactory(completion__member=world.people["member"])
    councillor = TenureFactory(councillor=True, unit=here)
    RequirementFactory(post_kinds=[councillor.post_kind], courses=[course])
    SignedReturnFactory(unit=here)
    recording = a_recording()
    session = BookingFactory(member=world.people["member"], session__soon=True).session
    feed = address_of(renew_feed(by=councillor.member))
    hosted = SessionFactory(unit=region, webinar__by_code=True)  # its officers run it
    BookingFactory(session=hosted, member=world.people["member"])
    signed = {"code": here.code, "quarter": "2025-3", "number": 1}
    world.arguments = {
        "quizzes:resume": {"pk": going.pk},
        "quizzes:question": {"pk": going.pk, "position": 1},
        "quizzes:check": {"pk": going.pk},
        "quizzes:result": {"pk": sitting.pk},
        "quizzes:practice": {"slug": QuizFactory(allows_practice=True).slug},
        "certificates:detail": {"pk": certificate.pk},
        "certificates:pdf": {"pk": certificate.pk},
        "certificates:share": {"pk": certificate.pk},
        "account_confirm_email": {"key": "1"},
        "compliance:unit": {"code": here.code},
        "compliance:export": {"code": here.code},
        "compliance:places": {"code": region.code, "kind": "xlsx"},
        "compliance:returns": {"code": here.code},
        "compliance:quarter": {"code": here.code, "quarter": Quarter.last_over().code},
        "compliance:return": signed,
        "compliance_paper": {"code": here.code},
        "compliance_return_paper": signed,
        "compliance:person": {"code": here.code, "member_id": councillor.member_id},
        "compliance:remind": {"code": here.code, "member_id": councillor.member_id},
        "compliance:remind_overdue": {"code": here.code},
        "webinars:recording": {"pk": recording.session_id},
        "webinars:video": {"pk": recording.session_id},
        "webinars:captions": {"pk": recording.session_id},
        "webinars:watched": {"pk": recording.session_id},
        "feedback:give": {"about": f"course:{certificate.completion.course_id}"},
        "feedback:totals": {"about": f"course:{course.pk}"},
        "mail": {"pk": 1},
        **workbench.arguments(SessionFactory(unit=region, over=True)),
        "webinars:session": {"pk": session.pk},
        "webinars:book": {"pk": SessionFactory().pk},  # another: whoever posts has booked it
        "webinars:cancel": {"pk": session.pk},
        "webinars:need": {"pk": session.pk},
        "webinars:join": {"pk": session.pk},
        "webinars:ics": {"pk": session.pk},
        "webinars:feed": {"token": feed.split("/")[-1].removesuffix(".ics")},
        "webinars:check_in": {"pk": hosted.pk},
        "webinars:new_session": {"webinar": hosted.webinar_id},
        **{f"webinars:{name}": {"pk": hosted.pk} for name in OF_HOSTS},
        "declined_mail": {"token": path_for(world.people["chair"], "digest").split("/")[-2]},
        "courses:print": {"slug": course.slug},
        "courses:elsewhere": {"slug": course.slug},
        "courses:withdraw": {"pk": a_claim(world.people["member"], course).pk},
        "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
        "wagtaildocs_serve": (1, "captions.vtt"),
        "wagtail_serve": ("courses/",),
        "wagtailcore_authenticate_with_password": (1, 1),
        "wagtaildocs_authenticate_with_password": (1,),
    }
    return world


def join_groups(world: World) -> None:
    """Put the author and the administrator in the groups that the site ships."""
    from django.contrib.auth.models import Group

    call_command("load_roles", verbosity=0)
    for role, group in (("author", "Authors"), ("administrator", "Training administrators")):
        world.people[role].groups.add(Group.objects.get(name=group))


def walk() -> Iterator[tuple[str, str]]:
    """Yield (route, qualified name) of every URL of the site."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, space: str
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [space, pattern.namespace]))
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield here, ":".join(filter(None, [space, pattern.name or ""]))
