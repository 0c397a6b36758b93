"""The frame the courses hang in: the site, its home page and the catalogue."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page, Site

from courses.models import CatalogueIndexPage, HomePage
from members.models import Organisation

WELCOME = (
    "<p>Short courses on keeping people safe in party life. Every member can take them, and "
    "people who hold a post can see what they need and by when.</p>"
)
CATALOGUE = "<p>You can stop at any time and come back: what you have finished is saved.</p>"


@transaction.atomic
def ensure_catalogue() -> CatalogueIndexPage:
    """Return the catalogue, with the home page and the site record made if need be."""
    home = HomePage.objects.first() or _make_home()
    _ensure_site(home)
    found: CatalogueIndexPage | None = CatalogueIndexPage.objects.first()
    if found:
        return found
    index = CatalogueIndexPage(title="Courses", slug="courses", introduction=CATALOGUE)
    home.add_child(instance=index)
    index.save_revision().publish()
    return index


def _make_home() -> HomePage:
    """Put our home page in the place of Wagtail's welcome page."""
    root = Page.objects.get(depth=1)
    Page.objects.child_of(root).filter(slug="home").delete()  # takes the site record with it
    home = HomePage(title="Training for members and volunteers", slug="home", introduction=WELCOME)
    Page.objects.get(depth=1).add_child(instance=home)
    home.save_revision().publish()
    home.refresh_from_db()
    return home


def _ensure_site(home: HomePage) -> None:
    if Site.objects.filter(is_default_site=True).exists():
        return
    name = Organisation.load().name
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name=name
    )
