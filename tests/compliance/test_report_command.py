"""`manage.py compliance_report`: the pages' figures for other systems, row by row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from compliance.duty import people, tallies
from compliance.duty.people import people_of
from compliance.duty.timeline import Audience
from members.models import AuditEvent, Member
from tests.compliance.conftest import page
from tests.compliance.factories import RequirementFactory, VersionFactory
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


def printed(*options: str) -> str:
    out = io.StringIO()
    call_command("compliance_report", *options, stdout=out)
    return out.getvalue()


def report(unit: str, *options: str) -> dict:
    return json.loads(printed("--unit", unit, *options))


def test_it_says_what_the_page_the_file_and_the_tally_say(
    party: Party, officer: Callable, client_of: Callable
) -> None:
    said = report(party.a.clp.code)
    assert said["unit"] == {"code": party.a.clp.code, "name": "Alder CLP"}
    assert said["on"] == "2026-11-21"
    assert said["known"] is None
    client = client_of(officer(party.region))
    found = said["people"]
    assert f"{found['up_to_date']} of {found['obliged']} people are up to date. 1 is overdue" in (
        page(client, party.a.clp.code)
    )
    answer = client.post(reverse("compliance:export", args=["ALDER1"]), {"reason": "meeting"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))[:-1]
    assert sorted(row["Name"] for row in rows) == sorted(row["name"] for row in said["rows"])
    tally = tallies.tally(party.a.clp)
    assert (tally.people, tally.up_to_date) == (found["obliged"], found["up_to_date"])


def test_rows_are_those_of_the_people(party: Party) -> None:
    RequirementFactory(title="Another", post_kinds=[party.kinds["chair"]])
    expected = {
        (person.member.pk, duty.requirement.title, duty.status.name.lower(), str(duty.due_on))
        for person in people_of(party.region)
        for duty in person.duties
    }
    said = report("NORTH")
    assert expected == {
        (row["member"], row["requirement"], row["status"], str(row["due_on"]))
        for row in said["rows"]
    }
    [another, safeguarding] = said["requirements"]
    assert another["title"] == "Another"
    assert (another["obliged"], another["totals"]["overdue"]) == (2, 2)
    counted = Counter(row["status"] for row in said["rows"] if row["requirement"] != "Another")
    assert {key: n for key, n in safeguarding["totals"].items() if n} == counted


def test_a_row_has_every_column(party: Party) -> None:
    [row] = [row for row in report("ALDER1")["rows"] if row["name"] == "Ended Aldersonended"]
    assert row == {
        "member": party.a.people["ended"].pk,
        "name": "Ended Aldersonended",
        "membership_number": "Alder-ended",
        "role": "Councillor",
        "unit": "Alder branch",
        "requirement": "Safeguarding",
        "status": "expired",
        "since": "2025-01-01",
        "due_on": "2026-06-01",
        "covered_until": None,
    }


def test_as_it_was_known(party: Party) -> None:
    Member.objects.filter(pk=party.a.chair.pk).update(given_name="Former")
    said = report("ALDER1", "--on", "2026-11-20", "--known", "2019-06-01")
    assert (said["rows"], said["requirements"], said["known"]) == ([], [], "2019-06-01")
    assert said["people"]["obliged"] == 0
    before = report("ALDER1", "--on", "2026-01-31")
    assert before["people"]["totals"]["covered"] == 1  # "ended", until June


def test_csv_has_the_same_rows_and_no_formula(party: Party) -> None:
    Member.objects.filter(pk=party.a.chair.pk).update(given_name="=1+1")
    table = list(csv.DictReader(io.StringIO(printed("--unit", "ALDER1", "--format", "csv"))))
    rows = report("ALDER1")["rows"]
    assert [row["requirement"] for row in table] == [row["requirement"] for row in rows]
    assert list(table[0]) == list(rows[0])
    assert any(row["name"].startswith("'=1+1") for row in table)


def test_everyone_adds_members_without_posts(party: Party) -> None:
    MemberFactory(given_name="Mary", family_name="Member", home_unit=party.a.branch)
    MemberFactory(given_name="Nemo", family_name="Nowhere")
    RequirementFactory(title="For all", audience=Audience.EVERYONE)
    assert "For all" not in {row["requirement"] for row in report("ALDER1")["rows"]}
    names = {row["name"]: row for row in report("ALDER1", "--everyone")["rows"]}
    assert names["Mary Member"]["role"] == "Asked of every member"
    assert "Nemo Nowhere" not in names
    assert "Nemo Nowhere" in {row["name"] for row in report("PARTY", "--everyone")["rows"]}


def test_people_are_read_in_batches_and_each_counts_once(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report("PARTY")
    monkeypatch.setattr(people, "BATCH", 3)
    assert report("PARTY") == whole
    assert whole["people"]["obliged"] == 10


def test_it_is_written_down(party: Party) -> None:
    report("ALDER1", "--on", "2026-05-01")
    event = AuditEvent.objects.get(action="compliance.reported")
    assert (event.actor, event.unit) == (None, party.a.clp)
    assert event.detail == {"format": "json", "everyone": False, "on": "2026-05-01"}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--unit", "NOWHERE"], "There is no unit with the code NOWHERE"),
        (["--unit", "ALDER1", "--on", "1.5.2026"], "write the day as YYYY-MM-DD"),
        (["--unit", "ALDER1", "--on", "2026-02-30"], "write the day as YYYY-MM-DD"),
        (["--unit", "ALDER1", "--on", "2026-11-22"], "this day has not come yet"),
        (["--unit", "ALDER1", "--known", "2027-01-01"], "--known 2027-01-01: this day has not"),
    ],
)
def test_what_cannot_be_asked_is_said_plainly(party: Party, options: list, error: str) -> None:
    with pytest.raises(CommandError, match=re.escape(error)):
        printed(*options)
    assert not AuditEvent.objects.exists()


def test_a_unit_without_anybody_is_an_answer(party: Party) -> None:
    VersionFactory.rewrite(grace_days=0)
    PostKindFactory(code="nobody")
    TenureFactory(unit=party.root, post_kind__code="nobody", started_on=timezone.localdate())
    assert report(party.b.clp.code, "--on", "2020-01-01")["rows"] == []
