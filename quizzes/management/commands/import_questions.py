"""Bring questions into the bank from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from quizzes.exchange.formats import FORMATS, MOST_BYTES, read
from quizzes.exchange.items import Found, Remark
from quizzes.exchange.plan import by_type, plan_of
from quizzes.exchange.writing_in import HasErrors, import_questions
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, NoReturn

    from django.core.management.base import CommandParser

    from quizzes.exchange.plan import Entry, Plan
    from quizzes.exchange.writing_in import Imported

ENOUGH_TO_WAIT = 1_000  # from then on it says how far it is


class Command(BaseCommand):
    help = (
        "Bring questions into the bank: all that are in the file, or none if it has errors. What "
        "is in the bank already is left alone, so it is safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A file of questions.")
        parser.add_argument("--format", choices=list(FORMATS), help="Otherwise it is found out.")
        parser.add_argument("--check", action="store_true", help="Only say what would be imported.")
        parser.add_argument("--json", action="store_true", help="Say it as JSON.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish complete questions; others are drafts."
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="Give questions that are in the bank a new version, where the file differs.",
        )
        parser.add_argument(
            "--category",
            default="",
            metavar="SLUG",
            help="The category for questions that name none; made if there is none.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            with path.open("rb") as file:  # no more of it than shows that it is too large
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            self.refuse(f"The file cannot be opened: {error}", options)
        found = read(content, options["format"], path.name)
        if options["check"]:
            self.tell_plan(plan_of(found, usual=options["category"]), options)
            return
        try:
            done = import_questions(
                found=found,
                by=None,
                file_name=path.name,
                update=options["update"],
                publish=options["publish"],
                usual=options["category"],
                tick=self.tick,
            )
        except HasErrors as refusal:
            self.tell_plan(refusal.plan, options)
        else:
            self.tell(done.plan, [*done.new, *done.updated], options)
            if not options["json"]:
                self.tell_more(done)

    def refuse(self, reason: str, options: dict[str, Any]) -> NoReturn:
        if options["json"]:
            found = Found(errors=[Remark(1, reason)])
            self.tell(plan_of(found), [], options)
        raise CommandError(reason)

    def tick(self, done: int, total: int) -> None:
        if total >= ENOUGH_TO_WAIT:  # not among the JSON
            self.stderr.write(f"{done:,} of {total:,} questions")

    def tell_plan(self, plan: Plan, options: dict[str, Any]) -> None:
        wanted = [] if plan.errors else plan.wanted(update=options["update"])
        self.tell(plan, wanted, options)
        if plan.errors:
            raise CommandError("The file has errors. Nothing was imported.")
        if not options["json"]:
            self.stdout.write("Nothing was written: this was a check.")

    def tell(self, plan: Plan, entries: Sequence[Entry], options: dict[str, Any]) -> None:
        """Say how many questions of which type come in, and what does not."""
        skipped = sorted(
            [*plan.skipped, *([] if options["update"] else plan.left_alone)],
            key=lambda remark: remark.line,
        )
        counts = by_type(entries)
        if options["json"]:
            said = {"questions": len(entries), "by_type": counts}
            lists = {"skipped": listed(skipped), "errors": listed(plan.errors)}
            self.stdout.write(json.dumps(said | lists, indent=2))
            return
        for remark in plan.errors:
            self.stderr.write(f"Line {remark.line}, error: {remark.reason}")
        self.say(skipped, "skipped")
        self.say(plan.notes, "note")
        types = ", ".join(f"{Kind(kind).label}: {count}" for kind, count in counts.items())
        for quiz in plan.found.quizzes:
            self.stdout.write(f"Quiz “{quiz.title}”: {len(quiz.places)} questions.")
        self.stdout.write(f"Questions: {len(entries)}." + (f" {types}." if types else ""))

    def tell_more(self, done: Imported) -> None:
        self.say(done.drafts, "stays a draft")
        self.stdout.write(
            f"New: {len(done.new)}. Updated: {len(done.updated)}. "
            f"Published (steps of scenarios counted too): {done.published}."
        )
        for category in done.plan.topics.new:
            self.stdout.write(f"New category: {category.title} ({category.slug}).")

    def say(self, remarks: Iterable[Remark], what: str) -> None:
        for remark in remarks:
            self.stdout.write(f"Line {remark.line}, {what}: {remark.reason}")


def listed(remarks: Iterable[Remark]) -> list[dict[str, int | str]]:
    return [{"line": remark.line, "reason": remark.reason} for remark in remarks]
