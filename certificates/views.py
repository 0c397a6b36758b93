"""The holder's own certificate, and the public check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certificates import actions, checking, pdf
from certificates.forms import CheckForm
from certificates.models import Certificate
from members.access import Rule, access

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.http import MemberRequest


@access(Rule.SIGNED_IN)
@require_safe
def detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the holder the facts, the PDF, the code, and who may check it."""
    certificate = get_object_or_404(
        Certificate.objects.visible_to(request.user).with_newer(), pk=pk
    )
    verify_url = request.build_absolute_uri(reverse("certificates:verify"))
    context = {"certificate": certificate, "verify_url": verify_url}
    return render(request, "certificates/detail.html", context)


@access(Rule.SIGNED_IN)
@require_safe
def download(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Make the PDF now. A revoked certificate has none: nothing on paper would say so."""
    own = Certificate.objects.visible_to(request.user).standing()
    certificate = get_object_or_404(own, pk=pk)
    verify_url = request.build_absolute_uri(reverse("certificates:verify"))
    try:
        data = pdf.render(certificate, verify_url=verify_url)
    except pdf.PdfUnavailableError:
        context = {"certificate": certificate}
        return render(request, "certificates/pdf_unavailable.html", context, status=503)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
    return response


@access(Rule.SIGNED_IN)
@require_POST
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Turn checking by others on or off."""
    own = Certificate.objects.visible_to(request.user).standing()
    certificate = get_object_or_404(own, pk=pk)
    if request.POST.get("share") == "on":
        actions.share(certificate=certificate, by=request.user)
        messages.success(request, _("Others can now check this certificate."))
    else:
        actions.unshare(certificate=certificate, by=request.user)
        messages.success(request, _("Nobody else can check this certificate now."))
    return redirect(certificate)


@access(Rule.PUBLIC)
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code and a surname; answer what the paper says, or that nothing is confirmed."""
    asked = "surname" in request.GET
    form = CheckForm(request.GET) if asked else CheckForm(initial=request.GET.dict())
    if not (asked and form.is_valid()):
        return _private(render(request, "certificates/verify.html", {"form": form}))
    if not checking.may_ask(request):
        return _private(render(request, "certificates/too_many_checks.html", status=429))
    found = checking.look_up(**form.cleaned_data)
    return _private(render(request, "certificates/verify_result.html", {"certificate": found}))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
