"""Loading the organisations and the page that come with the product. What people edited stays."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.db import transaction
from wagtail.models import Site

from support.models import Audience, SupportOrganisation, SupportPage
from support.models.organisation import NATIONS

if TYPE_CHECKING:
    from typing import Any

DATA = Path(__file__).parent / "data"
SLUG = "support"
AS_THEY_ARE = (
    "who_for",
    "phone",
    "text_number",
    "email",
    "web",
    "hours",
    "cost",
    "position",
)


@transaction.atomic
def load_organisations() -> int:
    """Add the organisations that are missing, unchecked; return how many were new."""
    for row in _rows("audiences.csv"):
        Audience.objects.get_or_create(slug=row["slug"], defaults=row)
    return sum(_load(row) for row in _rows("support_organisations.csv"))


@transaction.atomic
def load_page() -> bool:
    """Make the page Get support below the home page; say whether it was missing."""
    if SupportPage.objects.exists():
        return False
    texts = yaml.safe_load((DATA / "support_page.yaml").read_text(encoding="utf-8"))
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=SupportPage(slug=SLUG, **texts))
    page.save_revision().publish()
    return True


def _load(row: dict[str, str]) -> bool:
    organisation, new = SupportOrganisation.objects.get_or_create(
        name=row["name"], defaults=_facts(row)
    )
    if new:
        organisation.audiences.set(Audience.objects.filter(slug__in=row["audiences"].split()))
    return new


def _facts(row: dict[str, str]) -> dict[str, Any]:
    nations = row["nations"].split()
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        **{f"in_{slug}": slug in nations for slug, _ in NATIONS},
        "is_confirmed": row["is_confirmed"] == "yes",
        "is_listed": row["is_listed"] == "yes",
        "note": f"Source: {row['source']}. Status: {row['status']}.",
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
