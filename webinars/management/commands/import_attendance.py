"""Read a meeting tool's attendance report, and let it count."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from members.models import Member
from webinars.attendance.deciding import CannotDecide, confirm
from webinars.attendance.listing import listed, refused
from webinars.attendance.matching import identify, sees_members
from webinars.attendance.reading import Unreadable, read_report
from webinars.attendance.reading.decoding import LARGEST
from webinars.attendance.staging import stage
from webinars.models import Session

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from webinars.models import AttendanceFile


class Command(BaseCommand):
    help = (
        "Read a report of who attended (Zoom, Teams, Meet, BigBlueButton) and let it count for a "
        "session. Who is doubtful waits on the page of the session's attendance. With --start and "
        "--minutes in place of a session nothing is written. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The report as the tool exports it.")
        parser.add_argument("--session", type=int, metavar="ID", help="The session it is of.")
        parser.add_argument(
            "--start", help="When a session started that is not here, such as 2026-10-13T19:00."
        )
        parser.add_argument("--minutes", type=int, help="How long that session lasted.")
        parser.add_argument("--check", action="store_true", help="Only say what it would do.")
        parser.add_argument("--json", action="store_true", help="Say it as JSON.")
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            help="Who takes it in: a host. Otherwise the first account with all rights.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        session = _session(options)
        starts_at, minutes = _time(options, session)
        data, file, by = _contents(path), None, _operator(options)
        try:
            report = read_report(data, starts_at=starts_at, minutes=minutes)
            if session and not options["check"]:
                file = _take_in(session, data, path.name, by)
        except (Unreadable, CannotDecide) as error:
            if options["json"]:
                self.print(refused(str(error)) | {"counts": False})
            raise CommandError(str(error)) from error
        sees_all = by is None or sees_members(by)
        matched = identify(report.seen, session=session, sees_all=sees_all)
        ends_at = starts_at + timedelta(minutes=minutes)
        found = listed(report, matched, starts_at=starts_at, ends_at=ends_at)
        if options["json"]:
            self.print(found | {"counts": file is not None})
        else:
            self.tell(found)
            done = "The report counts now." if file else "Nothing was written."
            self.stdout.write(done)

    def print(self, found: dict[str, Any]) -> None:
        """Print it as JSON."""
        self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))

    def tell(self, found: dict[str, Any]) -> None:
        """Print it for people."""
        for problem in found["errors"]:
            self.stderr.write(f"Row {problem['row']}, left out: {problem['reason']}")
        for note in found["notes"]:
            where = f"Row {note['row']}" if note["row"] else "The file"
            self.stdout.write(f"{where}: {note['reason']}")
        for person in found["people"]:
            known = "length unknown" if person["seconds"] is None else _long(person["seconds"])
            who = person["match"] or "?"
            name = person["name"] or person["email"]
            self.stdout.write(f"{name}: {known}, {who} ({person['confidence']}%)")
        counts = {key: len(found[key]) for key in ("people", "doubtful", "unmatched", "ignored")}
        self.stdout.write(
            f"People: {counts['people']}. Doubtful: {counts['doubtful']}. Not matched: "
            f"{counts['unmatched']}. Hosts and panellists left out: {counts['ignored']}."
        )


def _session(options: dict[str, Any]) -> Session | None:
    if options["session"] is None:
        return None
    session = Session.objects.select_related("webinar").filter(pk=options["session"]).first()
    if session is None:
        raise CommandError(f"There is no session {options['session']}.")
    return session


def _time(options: dict[str, Any], session: Session | None) -> tuple[datetime, int]:
    start, minutes = options["start"], options["minutes"]
    if session and not start and not minutes:
        return session.starts_at, session.minutes
    if session or not start or not minutes:
        raise CommandError("Give either --session, or --start and --minutes.")
    try:
        starts_at = datetime.fromisoformat(start)
    except ValueError as error:
        raise CommandError("--start is a date and time, such as 2026-10-13T19:00.") from error
    if not 1 <= minutes <= 600:
        raise CommandError("--minutes is between 1 and 600.")
    aware = timezone.make_aware(starts_at) if timezone.is_naive(starts_at) else starts_at
    return aware.astimezone(UTC), minutes


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error}") from error


@transaction.atomic
def _take_in(session: Session, data: bytes, name: str, by: Member | None) -> AttendanceFile:
    if by is None:
        raise CommandError("Say with --by EMAIL who takes the report in: somebody with an account.")
    if not Session.objects.hosted_by(by).filter(pk=session.pk).exists():
        raise CommandError(f"{by} does not run this session.")
    return confirm(file=stage(session=session, data=data, name=name, by=by), by=by)


def _operator(options: dict[str, Any]) -> Member | None:
    """Return who answers for it: whoever is named, or the first with all rights."""
    active = Member.objects.filter(is_active=True).order_by("pk")
    email = options["by"]
    wanted = {"email__iexact": email} if email else {"is_superuser": True}
    found: Member | None = active.filter(**wanted).first()
    if found is None and email:
        raise CommandError(f"Nobody who can sign in has the address {email}.")
    return found


def _long(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s"
