"""What our pages in the administration share: who may open them, and what frames them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpResponse
from django.urls import reverse

from compliance.decisions.refusals import CannotDecide
from members.access import Rule, access

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from members.http import MemberRequest

Rest = ParamSpec("Rest")


def deciding(
    view: Callable[Concatenate[MemberRequest, Rest], HttpResponse],
) -> Callable[Concatenate[MemberRequest, Rest], HttpResponse]:
    """Open a view to who may decide about training. To everybody else it does not exist."""

    @wraps(view)
    def asked(request: MemberRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.has_perm("compliance.decide"):
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    guarded: Any = access(Rule.EDITORIAL)(asked)
    return cast("Callable[Concatenate[MemberRequest, Rest], HttpResponse]", guarded)


def frame(title: str, *above: tuple[Any, ...]) -> dict[str, Any]:
    """Return what the administration's frame needs. `above`: URL name, label and arguments."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    crumbs += [{"url": reverse(name, args=args), "label": label} for name, label, *args in above]
    return {"header_title": title, "breadcrumbs_items": [*crumbs, {"url": "", "label": title}]}


def attempt(form: Form, deed: Callable[[dict[str, Any]], object]) -> bool:
    """Do the deed with what a filled-in form says. A refusal becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        deed(form.facts() if hasattr(form, "facts") else form.cleaned_data)
    except CannotDecide as reason:
        form.add_error(None, str(reason))
        return False
    return True
