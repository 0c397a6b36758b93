"""The invented party: believable, the same twice, and impossible in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from certificates.models import Certificate
from compliance.models import Requirement
from courses.models import Completion
from members.models import Member, Tenure
from quizzes.models import QuestionStatistic, Sitting
from training.demo.accounts import ACCOUNTS, HOME_CLP, PASSWORD
from training.demo.people import ascii_only
from training.demo.webinars import report_file
from training.management.commands.demo import tenures_for
from webinars.attendance.reading import read_report
from webinars.models import Attendance, Booking, Session

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def counts() -> tuple[int, ...]:
    models = (Member, Tenure, Requirement, Completion, Certificate, Sitting, QuestionStatistic)
    models += (Session, Booking, Attendance)
    return tuple(model.objects.count() for model in models)


def test_a_second_run_changes_nothing(settings: object) -> None:
    settings.DEMO_MODE = True
    call_command("demo", members=300, verbosity=0)
    first = counts()
    call_command("demo", members=300, verbosity=0)
    assert counts() == first
    assert all(first)


def test_every_page_has_something_to_show(settings: object, client: Client) -> None:
    settings.DEMO_MODE = True
    call_command("demo", members=300, verbosity=0)
    assert client.login(email="chair@example.org", password=PASSWORD)
    html = client.get(f"/compliance/{HOME_CLP}/").content.decode()
    assert "Siân Ŵyn-Jôb" in html
    assert "Overdue" in html
    assert Member.objects.filter(email__in=[account.email for account in ACCOUNTS]).count() == len(
        ACCOUNTS
    )


def test_there_are_webinars_of_every_state(settings: object) -> None:
    settings.DEMO_MODE = True
    call_command("demo", members=300, verbosity=0)
    assert Session.objects.upcoming().count() >= 5
    assert Booking.objects.waiting().count() == 3
    assert set(Attendance.objects.values_list("outcome", flat=True)) == {
        "attended",
        "part",
        "absent",
    }
    live = Completion.objects.filter(source="webinar")
    assert live.count() == Certificate.objects.filter(completion__in=live).count() == 6
    yesterday = Session.objects.past().get(attendance_closed_at=None)
    data = report_file().read_bytes()
    report = read_report(data, starts_at=yesterday.starts_at, minutes=yesterday.minutes)
    assert (len(report.seen), report.errors) == (24, ())


def test_it_refuses_outside_a_demonstration() -> None:
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("demo", verbosity=0)


@pytest.mark.parametrize(("members", "posts"), [(300, 200), (6_000, 4_000), (500_000, 72_000)])
def test_posts_grow_with_the_party(members: int, posts: int) -> None:
    assert tenures_for(members) == posts


def test_addresses_are_plain() -> None:
    assert ascii_only("O'Brien-Łukasz") == "obrienlukasz"
