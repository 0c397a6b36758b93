"""Fill the site with an invented party, so that every page shows believable figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.progress import Progress

from members.models import Unit
from training.demo.accounts import ACCOUNTS, PASSWORD, make_accounts, make_requirements
from training.demo.decisions import make_decisions
from training.demo.elsewhere import make_claims
from training.demo.first_attempts import make_first_attempts
from training.demo.history import make_history
from training.demo.people import make_branches, make_members
from training.demo.posts import make_tenures
from training.demo.webinars import make_webinars, report_file

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

MEMBERS = 6_000


def tenures_for(members: int) -> int:
    """Return how many posts a party of that size fills: 4,000 of 6,000, 72,000 of 500,000."""
    return max(min(4_000, members * 2 // 3), members * 72 // 500)


class Command(BaseCommand):
    help = "Make invented members, posts, rules and two years of history. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", type=int, default=MEMBERS, help="How many people.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("This is for demonstrations: set DEMO_MODE=1 (never in production).")
        if not Unit.objects.exists():
            call_command("load_everything", verbosity=options["verbosity"])
        self.fill(options["members"], quiet=options["verbosity"] == 0)
        call_command("award_missing", verbosity=options["verbosity"])
        call_command("remember_figures", verbosity=options["verbosity"])
        call_command("analyse_questions", verbosity=options["verbosity"])
        if options["verbosity"]:
            self.tell_accounts()

    @transaction.atomic
    def fill(self, members: int, *, quiet: bool) -> None:
        tenures = tenures_for(members)
        with Progress(disable=quiet) as progress:
            bars = {
                name: progress.add_task(name, total=total)
                for name, total in (
                    ("Members", members),
                    ("Posts", tenures),
                    ("History", None),
                    ("Quizzes", None),
                )
            }

            def tell(name: str) -> Any:
                return lambda done: progress.advance(bars[name], done)

            make_members(members, tell("Members"))
            make_branches()
            make_tenures(tenures, tell("Posts"))
            make_accounts()
            asked = list(make_requirements())
            make_history(asked, tell("History"))
            make_decisions(asked)
            make_claims()
            make_first_attempts(tell("Quizzes"))
            make_webinars()
            for bar in bars.values():
                progress.update(bar, total=1, completed=1)

    def tell_accounts(self) -> None:
        self.stdout.write(f"Accounts (password {PASSWORD}):")
        for account in ACCOUNTS:
            what = account.group or (account.post[0] if account.post else "member without a post")
            self.stdout.write(f"  {account.email:26} {what}")
        if report_file().exists():
            self.stdout.write("A session was yesterday. Its report from Zoom, to upload as host:")
            self.stdout.write(f"  {report_file()}")
