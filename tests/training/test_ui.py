"""Dates, boxes, charts, tables and forms as pages show them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from training.templatetags import ui

if TYPE_CHECKING:
    from django.test import RequestFactory

UTC = dt.UTC


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


# --- Dates --------------------------------------------------------------------------------------
def test_a_day_is_written_as_people_say_it() -> None:
    assert ui.civil(dt.date(2026, 10, 13)) == "13 October 2026"
    assert ui.civil(None) == ""


def test_a_moment_late_in_a_summer_evening_belongs_to_the_next_day_in_london() -> None:
    assert ui.civil(dt.datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (dt.datetime(2026, 10, 13, 17, 30, tzinfo=UTC), "6:30pm on Tuesday 13 October 2026"),
        (dt.datetime(2026, 12, 1, 9, 0, tzinfo=UTC), "9am on Tuesday 1 December 2026"),
        (dt.datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "midday on Tuesday 1 December 2026"),
        (dt.datetime(2026, 12, 1, 0, 5, tzinfo=UTC), "12:05am on Tuesday 1 December 2026"),
        (None, ""),
    ],
)
def test_a_moment_is_told_in_london_time(at: dt.datetime | None, words: str) -> None:
    assert ui.moment(at) == words


# --- Boxes --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "source",
    [
        '{% details "Who can see this?" %}{{ words }}{% enddetails %}',
        "{% inset %}{{ words }}{% endinset %}",
        "{% warning %}{{ words }}{% endwarning %}",
        '{% panel "You passed" %}{{ words }}{% endpanel %}',
        '{% callout "Danger" tone="urgent" %}{{ words }}{% endcallout %}',
        '{% notification "Sent" %}{{ words }}{% endnotification %}',
        "{% filter_panel %}{{ words }}{% endfilter_panel %}",
    ],
)
def test_a_box_escapes_what_people_wrote_and_keeps_what_the_page_wrote(source: str) -> None:
    html = drawn(source.replace("{{ words }}", "<p>{{ words }}</p>"), words="<script>")
    assert "<p>&lt;script&gt;</p>" in html


def test_a_label_with_markup_is_escaped() -> None:
    html = drawn(
        '{% include "components/tag.html" with text=words tone="late" only %}', words="<b>"
    )
    assert "&lt;b&gt;" in html
    assert "care-tone-late" in html


@pytest.mark.parametrize("name", ["shield", "hands", "speech", "lamp", "path", "screen", "mark"])
def test_a_motif_is_decoration(name: str) -> None:
    assert 'aria-hidden="true"' in drawn("{% motif name %}", name=name)


# --- Charts -------------------------------------------------------------------------------------
SEGMENTS = [
    {"label": "Up to date", "count": 14, "tone": "done"},
    {"label": "Overdue", "count": 3, "tone": "late"},
    {"label": "Exempt", "count": 0, "tone": "quiet"},
]


def test_a_stacked_bar_says_in_words_what_it_shows() -> None:
    html = drawn('{% stacked_bar s "14 of 17" "People in the CLP." %}', s=SEGMENTS)
    assert "People in the CLP. Up to date: 14. Overdue: 3. Exempt: 0." in html
    assert 'role="img"' in html


def test_a_stacked_bar_writes_thousands_as_the_sentence_above_it_does() -> None:
    html = drawn('{% stacked_bar s "t" %}', s=[{"label": "Up", "count": 1085, "tone": "done"}])
    assert "Up: 1,085." in html
    assert "<strong>1,085</strong>" in html


def test_a_stacked_bar_fills_the_width_and_leaves_out_what_is_empty() -> None:
    drawn_segments = ui.stacked_bar(SEGMENTS, "t")["drawn"]
    assert [segment["label"] for segment in drawn_segments] == ["Up to date", "Overdue"]
    last = drawn_segments[-1]
    assert last["x"] + last["width"] == pytest.approx(100, abs=0.1)


def test_a_stacked_bar_of_nobody_draws_nothing() -> None:
    assert ui.stacked_bar([{"label": "A", "count": 0, "tone": "done"}], "t")["drawn"] == []
    assert ui.stacked_bar([], "t")["drawn"] == []


@pytest.mark.parametrize(
    ("value", "total", "width"), [(1, 4, 25), (0, 4, 0), (9, 4, 100), (0, 0, 0)]
)
def test_a_bar_stays_within_its_ground(value: int, total: int, width: float) -> None:
    assert ui.bar(value, total, "")["width"] == width


def test_a_bar_is_read_out_by_its_label() -> None:
    assert 'aria-label="1 of 4 done"' in drawn('{% bar 1 4 "1 of 4 done" %}')


# --- Tables and pages ---------------------------------------------------------------------------
def test_a_table_names_each_fact_for_a_phone() -> None:
    html = render_to_string(
        "components/table.html",
        {
            "head": ["Name", {"text": "Parts", "numeric": True}, "Status"],
            "rows": [["Ann", {"text": "6", "numeric": True}, {"text": "Overdue", "tone": "late"}]],
        },
    )
    assert '<th scope="row" class="govuk-table__header" data-label="Name">Ann</th>' in html
    assert 'data-label="Parts">6</td>' in html
    assert "care-tone-late" in html


def test_an_empty_table_says_so() -> None:
    html = render_to_string("components/table.html", {"head": ["A"], "rows": [], "empty": "Nobody"})
    assert "Nobody" in html
    assert "<table" not in html


@pytest.mark.django_db
def test_pages_keep_the_filter_of_the_list(rf: RequestFactory) -> None:
    page = Paginator(range(100), 10).page(3)
    html = render_to_string("components/pagination.html", {"page": page}, rf.get("/?nation=w"))
    assert "?nation=w&amp;page=4" in html
    assert html.count('aria-current="page"') == 1


# --- The frame ----------------------------------------------------------------------------------
def framed(rf: RequestFactory, path: str = "/", **context: object) -> str:
    request = rf.get(path)
    request.user = context.pop("user", SimpleNamespace(is_authenticated=False))
    return render_to_string("base.html", {"request": request, **context})


def test_the_frame_stands_without_any_context() -> None:
    html = render_to_string("400.html")
    assert "Get support" in html
    assert "Duty of Care" in html


def test_only_sensitive_pages_carry_the_exit(rf: RequestFactory) -> None:
    assert "/leave/" not in framed(rf)
    html = framed(rf, sensitive=True)
    assert html.count('href="/leave/"') == 2
    assert html.index("Skip to main content") < html.index("Exit this page quickly")


def test_the_navigation_marks_where_you_are(rf: RequestFactory) -> None:
    assert 'href="/courses/" aria-current="page"' in framed(rf, "/courses/")
    assert 'href="/courses/" aria-current="true"' in framed(rf, "/courses/essentials/")
    assert "aria-current" not in framed(rf, "/")


def test_team_training_is_for_those_who_oversee(rf: RequestFactory) -> None:
    assert "Team training" not in framed(rf)
    assert "Team training" in framed(rf, oversees=True)


def test_a_page_with_errors_says_so_in_its_title(rf: RequestFactory) -> None:
    class Asked(forms.Form):
        name = forms.CharField()

    assert "<title>Error: " in framed(rf, form=Asked({}))
    assert "<title>Error: " not in framed(rf, form=Asked())


def test_help_needs_no_sign_in_and_keeps_its_place(rf: RequestFactory) -> None:
    member = SimpleNamespace(is_authenticated=True)
    for html in (framed(rf), framed(rf, user=member, oversees=True)):
        navigation = html[html.index("govuk-service-navigation") : html.index("</header>")]
        assert navigation.rindex("/support/") > navigation.index("</nav>")
