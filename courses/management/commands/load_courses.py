"""Load the courses that come with the product, or course files of your own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from courses.content import ContentError, read
from courses.loading import link_refresher, load_course
from courses.site import ensure_catalogue

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import Any

    from courses.models import CatalogueIndexPage

NO_REFRESHER = (
    "There is no course “{refresher}”, which is to be the refresher of “{slug}”. Load it as well, "
    "or take the line refresher: out of the file."
)
CATALOGUE = (
    "safeguarding-essentials",
    "safeguarding-essentials-easy-read",
    "safeguarding-essentials-live",
    "preventing-sexual-harassment",
    "being-an-active-bystander",
    "safer-recruitment-and-safe-meetings",
    "online-safety-and-abuse",
    "handling-disclosures-and-complaints",
)  # others, such as refreshers, stand behind these
CONTENT = Path(__file__).resolve().parents[2] / "content"


class Command(BaseCommand):
    help = "Load courses from YAML files. Safe to run again: what an author edited since stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="Course files; by default ours.")
        parser.add_argument(
            "--refresh", action="store_true", help="Overwrite also what an author edited since."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or _ours()
        good, problems = _read_all(files)
        catalogue = ensure_catalogue()
        if not options["files"]:  # some of ours are about our webinars
            call_command(
                "load_webinars", refresh=options["refresh"], verbosity=options["verbosity"]
            )
        quiet = options["verbosity"] == 0
        try:
            self._load(good, catalogue, refresh=options["refresh"], quiet=quiet)
        except ContentError as error:
            problems += map(str, error.problems)
        if problems:
            raise CommandError("These files were not loaded:\n" + "\n".join(problems))

    def _load(
        self,
        courses: list[dict[str, Any]],
        catalogue: CatalogueIndexPage,
        *,
        refresh: bool,
        quiet: bool,
    ) -> None:
        with _progress(self.stdout, quiet=quiet) as progress:
            for facts in courses:
                task = progress.add_task(facts["title"], total=_size(facts))
                tick = partial(progress.advance, task)
                load_course(facts, into=catalogue, refresh=refresh, tick=tick)
        for facts in courses:
            if not link_refresher(facts, into=catalogue, refresh=refresh):
                raise CommandError(NO_REFRESHER.format(**facts))


def _ours() -> list[Path]:
    """Return the files that come with the product, in the order of the catalogue."""
    files = CONTENT.glob("*.yaml")
    first = {slug: place for place, slug in enumerate(CATALOGUE)}
    return sorted(files, key=lambda path: (first.get(path.stem, len(first)), path))


def _read_all(files: list[Path]) -> tuple[list[dict[str, Any]], list[str]]:
    good: list[dict[str, Any]] = []
    problems: list[str] = []
    for path in files:
        try:
            good.append(read(path))
        except ContentError as error:
            problems += map(str, error.problems)
        except OSError as error:
            problems.append(f"{path}: {error.strerror}. Check the name of the file.")
    return good, problems


def _size(facts: dict[str, Any]) -> int:
    questions = len(facts["quiz"]["questions"]) if facts.get("quiz") else 0
    return 1 + len(facts.get("modules") or []) + questions


def _progress(out: Any, *, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(file=out, quiet=quiet))
