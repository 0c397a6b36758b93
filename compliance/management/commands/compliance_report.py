"""Print a unit's figures and rows, the same that its pages show, for other systems to read."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from compliance.duty.people import AsAt
from compliance.reports.reporting import COLUMNS, Report
from members import audit
from members.dates import today
from members.models import Unit
from members.spreadsheets import plain

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Print how everybody obliged in a unit and below it stands on a day, as JSON or CSV. "
        "The output holds names; that it was made goes into the audit trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", required=True, help="The unit's code.")
        parser.add_argument("--on", help="How it stood that day, YYYY-MM-DD. Default: today.")
        parser.add_argument("--known", help="As it was known that day. Default: as known now.")
        parser.add_argument("--format", choices=("json", "csv"), default="json")
        parser.add_argument(
            "--everyone",
            action="store_true",
            help="Add members without a post and people named without a unit.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"There is no unit with the code {options['unit']}.")
        known = _day("--known", options["known"]) if options["known"] else None
        on = _day("--on", options["on"]) if options["on"] else today()
        report = Report(unit, AsAt(on, known), options["everyone"])
        said = {name: options[name] for name in ("format", "everyone")} | report.as_at.days
        audit.record("compliance.reported", by=None, unit=unit, **said)
        self.as_csv(report) if options["format"] == "csv" else self.as_json(report)

    def as_csv(self, report: Report) -> None:
        write = csv.writer(self.stdout).writerow
        write(COLUMNS)
        for row in report.rows():
            write(["" if row[name] is None else plain(str(row[name])) for name in COLUMNS])

    def as_json(self, report: Report) -> None:
        """Write row by row; the totals come last, when they are known."""
        known = report.as_at.known_on
        head = {
            "unit": {"code": report.unit.code, "name": report.unit.name},
            "on": report.as_at.on.isoformat(),
            "known": known.isoformat() if known else None,
        }
        self.say(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
        between = "\n"
        for row in report.rows():
            self.say(between + json.dumps(row, ensure_ascii=False))
            between = ",\n"
        self.say("\n], " + json.dumps(report.totals(), ensure_ascii=False)[1:] + "\n")

    def say(self, text: str) -> None:
        self.stdout.write(text, ending="")


def _day(option: str, words: str) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError as error:
        raise CommandError(f"{option} {words}: write the day as YYYY-MM-DD.") from error
    if day > today():
        raise CommandError(f"{option} {words}: this day has not come yet.")
    return day
