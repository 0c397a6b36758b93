"""Forms as people meet them: hints, errors and summaries that belong together."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.template.loader import render_to_string
from wagtail.admin import widgets

from training.form_renderer import GovukRenderer
from training.templatetags import ui

UTC = dt.UTC


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


class Visit(forms.Form):
    default_renderer = GovukRenderer

    email = forms.EmailField(label="E-mail address", help_text="We send a code to it")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    story = forms.CharField(label="What happened? (optional)", widget=forms.Textarea)
    nation = forms.ChoiceField(label="Nation", choices=[("w", "Wales")])
    answer = forms.ChoiceField(
        label="What first?", widget=forms.RadioSelect, choices=[("a", "Listen"), ("b", "Doubt")]
    )
    topics = forms.MultipleChoiceField(
        label="Topics", widget=forms.CheckboxSelectMultiple, choices=[("h", "Harassment")]
    )
    read = forms.BooleanField(label="I have read it", help_text="Three minutes")
    held = forms.DateField(label="When?", widget=forms.SelectDateWidget)
    roster = forms.FileField(label="Roster")
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")


def test_a_form_is_drawn_with_hints_linked_and_nothing_required_by_the_browser() -> None:
    html = Visit().render()
    assert 'aria-describedby="id_email_helptext"' in html
    assert 'id="id_email_helptext" class="govuk-hint"' in html
    assert " required" not in html
    assert 'name="token" value="kept"' in html


def test_an_error_is_linked_to_its_control_and_says_which_one_it_means() -> None:
    html = Visit({}).render()
    assert 'aria-describedby="id_nation_error"' in html
    assert "Fill in: Password" in html
    assert "Choose an answer: What first?" in html
    assert "govuk-input--error" in html


def test_the_summary_leads_to_the_first_control_of_each_field() -> None:
    html = render_to_string("components/error_summary.html", {"form": Visit({})})
    for target in ["id_email", "id_answer_0", "id_topics_0", "id_held_day", "id_read"]:
        assert f'href="#{target}"' in html
    assert 'href="#id_token' not in html


def test_every_target_of_the_summary_exists() -> None:
    form = Visit({})
    html = form.render()
    for link in ui.error_links(form, None):
        assert not link["target"] or f'id="{link["target"]}"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "govuk-error" not in render_to_string("components/error_summary.html", {"form": Visit()})


def test_several_forms_share_one_summary() -> None:
    html = render_to_string(
        "components/error_summary.html", {"forms": [Visit({}, prefix="a"), Visit({}, prefix="b")]}
    )
    assert "#id_a-email" in html
    assert "#id_b-email" in html
    assert html.count("There is a problem") == 1


def test_a_wrong_date_stays_as_it_was_typed() -> None:
    form = Visit({"held_day": "31", "held_month": "2", "held_year": "2026"})
    html = drawn("{% field form.held %}", form=form)
    assert 'value="31"' in html
    assert 'value="2026"' in html
    assert form.errors["held"] == ["Enter a valid date."]


def test_the_boxes_of_a_date_make_a_date() -> None:
    form = Visit({"held_day": "3", "held_month": "2", "held_year": "2026"})
    form.is_valid()
    assert form.cleaned_data["held"] == dt.date(2026, 2, 3)


def test_a_question_can_be_the_heading_of_its_page() -> None:
    html = drawn("{% field form.answer page_heading=True %}", form=Visit())
    assert '<h1 class="govuk-fieldset__heading">What first?</h1>' in html


def test_an_answer_can_carry_a_hint() -> None:
    form = Visit()
    form.fields["answer"].choice_hints = {"b": "Rarely wise"}
    html = drawn("{% field form.answer %}", form=form)
    assert 'aria-describedby="id_answer_1_hint"' in html
    assert "Rarely wise" in html


@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(),
        forms.Textarea(),
        forms.CheckboxInput(),
        forms.Select(choices=[("a", "A")]),
        forms.RadioSelect(choices=[("a", "A")]),
        widgets.AdminDateInput(),
        widgets.AdminAutoHeightTextInput(),
    ],
)
def test_the_renderer_leaves_the_widgets_of_the_admin_alone(widget: forms.Widget) -> None:
    stock = widget.render("name", "", {"id": "x"}, renderer=DjangoTemplates())
    assert widget.render("name", "", {"id": "x"}, renderer=GovukRenderer()) == stock
