"""Import past completions from a CSV or XLSX file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from courses.import_files import BadFileError, read_table
from courses.import_plan import Plan, Problem, plan_of
from courses.imports import HasProblems, import_table

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Import past completions: email or membership_number, course, completed_on, and perhaps "
        "valid_to and provider. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A CSV or XLSX file whose first row names the columns.")
        parser.add_argument("--check", action="store_true", help="Only say what would change.")
        parser.add_argument("--json", action="store_true", help="Say it as JSON.")
        parser.add_argument(
            "--good-rows",
            action="store_true",
            help="Leave out rows with problems, import the rest.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan, refused = self.carry_out(Path(options["file"]), options)
        if options["json"]:
            self.stdout.write(json.dumps(plan.as_json(), indent=2))
        else:
            self.tell(plan)
        if refused:
            raise CommandError(refused)

    def carry_out(self, path: Path, options: dict[str, Any]) -> tuple[Plan, str]:
        """Return what changed, or would, and why not."""
        try:
            table = read_table(path.read_bytes())
            if options["check"]:
                return checked(plan_of(table, by=None), good_rows=options["good_rows"])
            good_rows: bool = options["good_rows"]
            return import_table(table=table, file_name=path.name, good_rows=good_rows, by=None), ""
        except OSError as error:
            raise CommandError(f"The file cannot be opened: {error}") from error
        except BadFileError as error:
            return Plan(problems=[Problem(1, "", "", str(error))]), "Nothing was imported."
        except HasProblems as error:
            advice = "Correct them, or import the others with --good-rows."
            return error.plan, f"{error} {advice}"

    def tell(self, plan: Plan) -> None:
        for problem in plan.problems:
            self.stderr.write(
                f"Row {problem.row}, {problem.column or 'file'} “{problem.value}”: {problem.reason}"
            )
        self.stdout.write(
            f"New: {len(plan.new)}. Already known: {plan.known}. People not found: "
            f"{len(plan.unmatched)}. Rows with problems: {len(plan.problem_rows)}."
        )


def checked(plan: Plan, *, good_rows: bool) -> tuple[Plan, str]:
    """Return what would change, and whether the problems would stop it."""
    stops = plan.problems and not good_rows
    return plan, "Without --good-rows this would import nothing." if stops else ""
