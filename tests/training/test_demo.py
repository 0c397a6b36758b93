"""The invented party: believable, the same twice, and impossible in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from certificates.models import Certificate
from compliance.models import Requirement
from courses.models import Completion
from members.models import Member, Tenure
from training.demo.accounts import ACCOUNTS, HOME_CLP, PASSWORD
from training.demo.people import ascii_only
from training.management.commands.demo import tenures_for

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    models = (Member, Tenure, Requirement, Completion, Certificate)
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
    assert Member.objects.filter(email__in=[account.email for account in ACCOUNTS]).count() == 9


def test_it_refuses_outside_a_demonstration() -> None:
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("demo", verbosity=0)


@pytest.mark.parametrize(("members", "posts"), [(300, 200), (6_000, 4_000), (500_000, 72_000)])
def test_posts_grow_with_the_party(members: int, posts: int) -> None:
    assert tenures_for(members) == posts


def test_addresses_are_plain() -> None:
    assert ascii_only("O'Brien-Łukasz") == "obrienlukasz"
