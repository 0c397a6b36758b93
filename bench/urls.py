"""The site's addresses and one bare page, the base of the ratios."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from members.access import Rule, access
from members.models import PostKind, Unit
from training.urls import urlpatterns as site

TABLE = Template(
    "<!doctype html><title>Bare</title><h1>{{ user }}</h1><p>{{ kinds }}</p><table>"
    "{% for unit in units %}<tr><th>{{ unit.name }}</th><td>{{ unit.code }}</td>"
    '<td><a href="/compliance/{{ unit.code }}/">Look at {{ unit.name }}</a></td>'
    "<td>{{ unit.get_kind_display }}, {{ unit.get_nation_display }}</td></tr>{% endfor %}</table>"
)


@access(Rule.SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """Show a table of 90 rows: session, user and two queries, as plain as Django can."""
    context = {
        "user": request.user,
        "kinds": PostKind.objects.count(),
        "units": Unit.objects.filter(kind=Unit.Kind.CLP)[:90],
    }
    return HttpResponse(TABLE.render(Context(context)))


urlpatterns = [path("bench/bare", bare, name="bench_bare"), *site]
