"""Loading the organisations and the page."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from support.models import SupportOrganisation, SupportPage

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_support", stdout=out)
    return out.getvalue()


def test_nothing_counts_as_checked_before_somebody_has_checked_it() -> None:
    assert "23 new" in load()
    assert not SupportOrganisation.objects.exclude(last_checked=None).exists()
    assert SupportOrganisation.objects.to_check().count() == 23


def test_a_helpline_that_may_be_closed_is_not_shown() -> None:
    load()
    hidden = SupportOrganisation.objects.filter(is_listed=False)
    assert {organisation.name[:13] for organisation in hidden} == {"National Male", "Labour: Sexua"}


def test_every_row_tells_editors_its_source_and_can_be_saved_again() -> None:
    load()
    for organisation in SupportOrganisation.objects.all():
        assert organisation.note.startswith("Source: ")
        organisation.full_clean()


def test_loading_again_keeps_what_editors_changed() -> None:
    load()
    SupportOrganisation.objects.filter(name="Samaritans").update(hours="By day")
    SupportPage.objects.update(title="Help")
    assert "0 new" in load()
    assert SupportOrganisation.objects.get(name="Samaritans").hours == "By day"
    assert SupportPage.objects.get().title == "Help"


def test_a_scottish_line_is_in_scotland_alone_and_childline_for_the_young() -> None:
    load()
    scotland = SupportOrganisation.objects.get(name__startswith="Rape Crisis Scotland")
    assert scotland.nations == ["Scotland"]
    childline = SupportOrganisation.objects.get(name="Childline")
    assert [audience.slug for audience in childline.audiences.all()] == ["under-18"]
    assert childline.nations == []
