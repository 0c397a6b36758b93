"""Start the day's reminders: for cron, every hour while people are awake."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.management.base import BaseCommand, CommandError

from compliance.reminders.digests import MONDAY, officers
from compliance.reminders.reminding import by_code, to_tell
from compliance.tasks import remind_members, send_weekly_digests
from members.dates import today
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from django.core.management.base import CommandParser
    from django_tasks.base import Task

CHUNK = 200


class Command(BaseCommand):
    """Count what the plan has for the day and hand it to the worker; repeating it is harmless."""

    help = "Send the day's reminders and, on Mondays, the officers' digest. Run it every hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="Another day than today.")
        parser.add_argument("--dry-run", action="store_true", help="Only count.")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"])
        found = to_tell(on=on)
        members = {item.member_id for item in found}
        chairs = set(officers(on=on).values_list("member", flat=True))
        chairs = chairs if on.weekday() == MONDAY else set()
        if settings.DEMO_MODE:
            # Invented people would fill the mailbox with mail that nobody reads.
            members, chairs = members & _can_sign_in(), chairs & _can_sign_in()
            found = [item for item in found if item.member_id in members]
        if options["verbosity"]:
            self._tell(by_code(found), people=len(members), officers=len(chairs))
        if not options["dry_run"]:
            _enqueue(remind_members, members, options["on"])
            _enqueue(send_weekly_digests, chairs, options["on"])

    def _tell(self, counts: Mapping[str, int], *, people: int, officers: int) -> None:
        for code, number in counts.items():
            self.stdout.write(f"{code:12} {number:>7,}")
        self.stdout.write(f"{people:,} people to remind, {officers:,} officers to send the digest.")


def _day(given: str | None) -> date:
    try:
        return date.fromisoformat(given) if given else today()
    except ValueError:
        raise CommandError("Write the day as YYYY-MM-DD.") from None


def _enqueue(task: Task[Any, Any], member_ids: Iterable[int], on: str | None) -> None:
    ids = sorted(member_ids)
    for start in range(0, len(ids), CHUNK):
        task.enqueue(ids[start : start + CHUNK], on)


def _can_sign_in() -> set[int]:
    able = Member.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return set(able.exclude(password="").values_list("pk", flat=True))
