"""How a form becomes a page: labels, hints, errors and controls in the components' markup.

Set as FORM_RENDERER, so that `{{ form }}` comes out right for every form of every app, allauth's
included, with no base class to remember. It changes only how a whole form or field group is drawn.
Widgets keep Django's own templates, and the Wagtail admin draws its field groups itself, so it
looks the same with and without this renderer (tests/training/test_ui.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import TemplatesSetting
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Any

    from django.forms import BoundField
    from django.forms.boundfield import BoundWidget
    from django.utils.safestring import SafeString

# The first that fits wins: a list of checkboxes is also a kind of radio list to Django.
KINDS = [
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.SelectDateWidget, "date"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
]
CONTROL_CLASS = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
    "checkboxes": "govuk-checkboxes__input",
}
ERROR_CLASS = {
    "input": "govuk-input--error",
    "password": "govuk-input--error",
    "file": "govuk-file-upload--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
}
ADVICE = {
    "radios": _("Choose an answer: %(label)s"),
    "checkboxes": _("Choose at least one: %(label)s"),
    "checkbox": _("Tick the box: %(label)s"),
    "select": _("Choose from the list: %(label)s"),
    "file": _("Choose a file: %(label)s"),
}
FIRST_CONTROL = {"radios": "_0", "checkboxes": "_0", "date": "_day"}
DATE_PARTS = [("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4)]


class GovukRenderer(TemplatesSetting):
    """Draw whole forms and field groups with our templates."""

    form_template_name = "components/fields/form.html"
    field_template_name = "components/fields/field.html"


def draw_field(bound: BoundField, **options: Any) -> SafeString:
    """Draw one field with its label, hint and error."""
    # Browsers' own bubbles are not read out reliably; the error summary is.
    bound.form.use_required_attribute = False
    if bound.is_hidden:
        return bound.as_widget()
    kind = kind_of(bound)
    options.setdefault("page_heading", getattr(bound.field, "page_heading", False))
    options.setdefault("size", "l" if options["page_heading"] else "")
    context = {**options, "field": bound, "described_by": bound.aria_describedby}
    context["errors"] = error_words(bound)
    context |= _parts(bound, kind, options)
    return render_to_string(f"components/fields/{kind}.html", context)


def kind_of(bound: BoundField) -> str:
    """Say which of our templates draws this field."""
    widget = bound.field.widget
    return next((kind for widgets, kind in KINDS if isinstance(widget, widgets)), "input")


def error_words(bound: BoundField) -> list[str]:
    """Return what is wrong with a field. A bare "This field is required" says which one."""
    required = forms.Field.default_error_messages["required"]
    advice = ADVICE.get(kind_of(bound), _("Fill in: %(label)s")) % {"label": bound.label}
    return [advice if text == required else str(text) for text in bound.errors]


def error_target(bound: BoundField) -> str:
    """Return the id of the control an error leads to: the first, where there are several."""
    if bound.is_hidden:
        return ""
    return bound.auto_id + FIRST_CONTROL.get(kind_of(bound), "")


def _parts(bound: BoundField, kind: str, options: dict[str, Any]) -> dict[str, Any]:
    if kind == "date":
        return {"parts": _date_parts(bound)}
    css_class = _control_class(bound, kind, options)
    if kind in ("radios", "checkboxes"):
        return {"choices": [_choice(bound, item, css_class) for item in bound.subwidgets]}
    return {"control": bound.as_widget(attrs=_control_attrs(kind, css_class, options))}


def _control_class(bound: BoundField, kind: str, options: dict[str, Any]) -> str:
    classes = [CONTROL_CLASS[kind], bound.field.widget.attrs.get("class", "")]
    if bound.errors:
        classes.append(ERROR_CLASS.get(kind, ""))
    if width := options.get("width"):
        classes.append(f"govuk-input--width-{width}")
    return " ".join(filter(None, classes))


def _control_attrs(kind: str, css_class: str, options: dict[str, Any]) -> dict[str, Any]:
    attrs = {"class": css_class}
    if kind == "textarea":
        attrs["rows"] = options.get("rows", 5)
    if kind == "password":
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    return attrs


def _choice(bound: BoundField, item: BoundWidget, css_class: str) -> dict[str, Any]:
    hint = getattr(bound.field, "choice_hints", {}).get(item.data["value"], "")
    attrs = item.data["attrs"] = {**item.data["attrs"], "class": css_class}
    if hint:
        attrs["aria-describedby"] = f"{item.id_for_label}_hint"
    return {"id": item.id_for_label, "label": item.choice_label, "hint": hint, "input": item.tag()}


def _date_parts(bound: BoundField) -> list[dict[str, Any]]:
    """Three boxes under the names SelectDateWidget reads. What was typed stays, however wrong."""
    day = bound.value()

    def value(part: str) -> str:
        if bound.form.is_bound:
            return str(bound.form.data.get(f"{bound.html_name}_{part}", ""))
        return str(getattr(day, part, ""))

    return [
        {
            "id": f"{bound.auto_id}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": label,
            "width": width,
            "value": value(part),
        }
        for part, label, width in DATE_PARTS
    ]
