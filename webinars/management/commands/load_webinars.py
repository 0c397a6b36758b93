"""Load the webinars that come with the product, or webinar files of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from webinars.loading import ContentError, load_webinar, read
from webinars.site import ensure_webinars

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import Any

CONTENT = Path(__file__).resolve().parents[2] / "content"
NO_SITE = "There is no home page yet to put them under. Run load_everything, or load_courses first."


class Command(BaseCommand):
    help = "Load webinars from YAML files. Safe to run again: what somebody edited since stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="Webinar files; by default ours.")
        parser.add_argument(
            "--refresh", action="store_true", help="Overwrite also what somebody edited since."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            index = ensure_webinars()
        except Site.DoesNotExist as error:
            raise CommandError(NO_SITE) from error
        problems = []
        for path in options["files"] or sorted(CONTENT.glob("*.yaml")):
            try:
                page = load_webinar(read(path), into=index, refresh=options["refresh"])
            except ContentError as error:
                problems.append(str(error))
            except OSError as error:
                problems.append(f"{path}: {error.strerror}. Check the name of the file.")
            else:
                if options["verbosity"]:
                    self.stdout.write(f"Webinar: {page.title}")
        if problems:
            raise CommandError("These files were not loaded:\n" + "\n".join(problems))
