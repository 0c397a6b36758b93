"""The frame the webinars hang in: their list, beside the catalogue of courses."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Site

from webinars.models import WebinarIndexPage

INTRODUCTION = (
    "<p>Live sessions with time for questions. Book a place, and we remind you and send the way "
    "in before it begins.</p>"
)


@transaction.atomic
def ensure_webinars() -> WebinarIndexPage:
    """Return the list of webinars, made under the site's home page if need be.

    Raises Site.DoesNotExist without a site: `load_courses`, which makes it, comes first.
    """
    found: WebinarIndexPage | None = WebinarIndexPage.objects.first()
    if found:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    index = WebinarIndexPage(title="Webinars", slug="webinars", introduction=INTRODUCTION)
    home.add_child(instance=index)
    index.save_revision().publish()
    index.refresh_from_db()
    return index
