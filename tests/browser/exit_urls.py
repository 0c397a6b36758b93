"""Pages for the tests of Exit this page beside the site's own: sensitive and neutral ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

from members.access import Rule, access
from training import urls

if TYPE_CHECKING:
    from django.http import HttpRequest

BODY = Template(
    '{% extends "base.html" %}{% block title %}Module 2{% endblock %}'
    '{% block main %}<h1>Secret {{ number }}</h1><input id="notes" title="Notes">{% endblock %}'
)


@access(Rule.SIGNED_IN)
def secret(request: HttpRequest, number: int) -> HttpResponse:
    context = {"request": request, "user": request.user, "number": number, "sensitive": True}
    return HttpResponse(BODY.render(Context(context)))


@access(Rule.PUBLIC)
def neutral(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>Weather</title><h1>Weather</h1>")


urlpatterns = [
    path("secret/<int:number>/", secret),
    path("neutral/", neutral),
    *urls.urlpatterns,
]
