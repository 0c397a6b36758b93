"""Papers for meetings: a template of any floor, answered as PDF.

The roof composes: certificates has the door to what draws PDF, and compliance, whose figures are on
the papers, knows nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify

from certificates import pdf
from members.models import Organisation

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

LONGEST_NAME = 80


def paper(
    template: str, context: dict[str, Any], *, request: HttpRequest | None = None
) -> HttpResponse:
    """Answer a template that extends papers/base.html as a PDF to keep, named after its title.

    The context holds what papers/base.html prints (`title`, `made_by`, `made_at`, `serial`) and
    may hold `back`, the page that says the same, for when no PDF can be made.
    """
    organisation = Organisation.load(request_or_site=request)
    known = {"organisation": organisation, **context}
    html = render_to_string(template, known, request)
    try:
        data = pdf.as_pdf(html, stylesheet="paper.css", brand=organisation.brand_colour)
    except pdf.PdfUnavailableError:
        page = render_to_string("papers/unavailable.html", known, request)
        return _kept_by_nobody(HttpResponse(page, status=503))
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{filename(context["title"])}"'
    return _kept_by_nobody(response)


def filename(title: str) -> str:
    """Return a name that every system can store: letters of ASCII, digits and hyphens."""
    return f"{slugify(title)[:LONGEST_NAME].strip('-') or 'paper'}.pdf"


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response
