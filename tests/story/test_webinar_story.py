"""From announcement to evidence, in a real browser, with the webinar and the course that ship.

1. A host opens a session with one place.
2. A member takes it, a councillor waits; the member cancels, and the place is the councillor's.
3. The hour is over. The host uploads what Zoom and Teams wrote, says who is meant where it is
   doubtful, and confirms. Two devices at once are one presence.
4. The councillor passes the quiz and has the certificate; the chair sees the councillor covered.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import CoursePage
from members.dates import today
from members.models import PostKind
from quizzes.models import Answer
from tests.compliance.factories import RequirementFactory
from tests.story.acting import PHONE, enter, fill, heading
from training.demo.accounts import make_accounts
from training.demo.people import make_branches
from webinars.models import Session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WEBINAR = "Safeguarding essentials, live"
ANNOUNCED = "/webinars/safeguarding-essentials-live/"
COURSE = "/courses/safeguarding-essentials-live/"
COUNCILLOR = "Siân Ŵyn-Jôb"


@pytest.fixture
def site(live_server: LiveServer, settings: SettingsWrapper) -> str:
    """Serve what ships, the demonstration's people, and a duty that the webinar can meet."""
    settings.DEMO_MODE = True
    call_command("load_everything", verbosity=0)
    make_branches()
    make_accounts()
    RequirementFactory(
        title="Safeguarding for councillors",
        post_kinds=[PostKind.objects.get(code="councillor")],
        courses=CoursePage.objects.filter(slug__startswith="safeguarding-essentials").exclude(
            slug__contains="refresher"
        ),
        effective_from=today() - dt.timedelta(days=400),
    )
    return str(live_server.url)


def test_from_announcement_to_evidence(browser: Browser, site: str) -> None:
    chair = enter(browser, site, "chair")
    before = how_the_councillor_stands(chair)
    host = enter(browser, site, "host")
    session = a_host_opens_a_session_with_one_place(host)
    councillor = enter(browser, site, "councillor", PHONE)
    two_people_want_the_place(enter(browser, site, "member", PHONE), councillor)
    the_hour_is_over(session)
    the_host_reads_in_what_zoom_wrote(host, session)
    the_host_reads_in_what_teams_wrote(host, session)
    the_councillor_passes_the_quiz(councillor)
    the_councillor_has_the_certificate(councillor)
    assert "Up to date" not in before
    assert "Up to date" in how_the_councillor_stands(chair)


def how_the_councillor_stands(chair: Page) -> str:
    chair.goto("/compliance/")
    return chair.locator("tr", has_text=COUNCILLOR).first.inner_text()


def a_host_opens_a_session_with_one_place(host: Page) -> Session:
    host.goto("/webinars/")
    host.goto("/sessions/host/")
    host.get_by_role("link", name=WEBINAR).first.click()
    day = today() + dt.timedelta(days=9)
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        host.locator(f"[name=day_{part}]").fill(str(number))
    host.locator("[name=clock]").fill("6.30 pm")
    host.locator("[name=capacity]").fill("1")
    host.locator("[name=join_url]").fill("https://meet.example.org/j/1?pwd=secret")
    host.get_by_role("button", name="Open the session").click()
    expect(host.locator("main")).to_contain_text("6:30pm")
    return Session.objects.get()


def two_people_want_the_place(member: Page, councillor: Page) -> None:
    for page, button in ((member, "Confirm"), (councillor, "Join the waiting list")):
        page.goto(ANNOUNCED)
        page.locator("main a[href*='/book/']").first.click()
        page.get_by_role("button", name=button).click()
    expect(councillor.locator("main")).to_contain_text("waiting list")
    expect(councillor.locator("main")).not_to_contain_text("meet.example.org")
    member.get_by_role("link", name="Cancel").first.click()
    member.get_by_role("button", name="Cancel my booking").click()
    councillor.reload()
    heading(councillor, "You have a place")


def the_hour_is_over(session: Session) -> None:
    """Let it have been the day before yesterday: the story does not wait for nine days."""
    two_days_ago = timezone.localtime() - dt.timedelta(days=2)
    session.set_time(two_days_ago.replace(hour=18, minute=30, second=0, microsecond=0), 60)
    session.save()


def the_host_reads_in_what_zoom_wrote(host: Page, session: Session) -> None:
    """A name that is nearly somebody's, for the first forty minutes; and the host."""
    day = timezone.localtime(session.starts_at)
    rows = (
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
        (
            f"Hana Begum (Host),host@example.org,{day:%d/%m/%Y} 06:25:00 PM,"
            f"{day:%d/%m/%Y} 07:35:00 PM,70,No"
        ),
        f"Sian W,,{day:%d/%m/%Y} 06:28:00 PM,{day:%d/%m/%Y} 07:10:00 PM,42,Yes",
    )
    upload(host, session, "zoom.csv", "\n".join(rows).encode())
    host.get_by_role("link", name="Sian W").first.click()
    by_name = host.get_by_role("radio", name=COUNCILLOR)
    if by_name.count():
        by_name.check()
    else:
        host.get_by_role("radio", name="Somebody else who booked").check()
        host.locator("[name=other]").select_option(label=COUNCILLOR)
    host.get_by_role("button", name="Save").click()
    confirm(host, session)
    expect(host.locator("tr", has_text=COUNCILLOR)).to_contain_text("in part")


def the_host_reads_in_what_teams_wrote(host: Page, session: Session) -> None:
    """The same person on another device: the union of both is 57 minutes, the sum would be 82."""
    day = timezone.localtime(session.starts_at)
    rows = (
        "1. Summary",
        f"Meeting title\t{WEBINAR}",
        f"Start time\t{day:%d/%m/%Y}, 18:25:00",
        "",
        "2. Participants",
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
        (
            f"{COUNCILLOR}\t{day:%d/%m/%Y}, 18:45:00\t{day:%d/%m/%Y}, 19:27:00\t42m\t"
            "councillor@example.org\tcouncillor@example.org\tAttendee"
        ),
        "",
        "3. In-Meeting Activities",
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
        (
            f"{COUNCILLOR}\t{day:%d/%m/%Y}, 18:45:00\t{day:%d/%m/%Y}, 19:27:00\t42m\t"
            "councillor@example.org\tAttendee"
        ),
    )
    upload(host, session, "teams.csv", "\r\n".join(rows).encode("utf-16"))
    confirm(host, session)
    expect(host.locator("tr", has_text=COUNCILLOR)).to_contain_text("57")


def upload(host: Page, session: Session, name: str, data: bytes) -> None:
    host.goto(f"/sessions/host/{session.pk}/attendance/")
    host.locator("[name=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    host.get_by_role("button", name="Upload").click()
    heading(host, "Report of attendance")
    expect(host.locator("main")).to_contain_text(name)


def confirm(host: Page, session: Session) -> None:
    host.get_by_role("button", name="Confirm attendance").click()
    host.goto(f"/sessions/host/{session.pk}/attendance/")


def the_councillor_passes_the_quiz(page: Page) -> None:
    page.goto(COURSE)
    page.locator("main").get_by_role("link", name=WEBINAR).or_(
        page.get_by_role("button", name="Continue")
    ).first.click()
    page.get_by_role("button", name="Start the questions").click()
    for answer in Answer.objects.filter(sitting__submitted_at=None).order_by("position"):
        expect(page.locator("main .govuk-caption-l").first).to_contain_text(
            f"Question {answer.number} of"
        )
        fill(page, answer.asked, rightly=True)
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Submit my answers").click()
    expect(page.locator("main")).to_contain_text("You passed")


def the_councillor_has_the_certificate(page: Page) -> None:
    page.goto("/my-training/")
    expect(page.locator("main")).to_contain_text("Up to date")
    page.get_by_role("link", name="DC-", exact=False).first.click()
    heading(page, "Your certificate")
    expect(page.locator("main")).to_contain_text("Safeguarding essentials")
