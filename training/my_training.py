"""My training: a person's own record, on a page and as a file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from members.access import Rule, access
from members.dates import today
from members.spreadsheets import plain
from training.learning import learning_of, views_of_record

if TYPE_CHECKING:
    from members.http import MemberRequest

HEAD = ("Course", "How", "Completed", "Valid until", "Certificate number")


@access(Rule.SIGNED_IN)
def page(request: MemberRequest) -> HttpResponse:
    """Show what this person must do, is doing and has done, and who looked at it."""
    context = {"learning": learning_of(request.user), "views": views_of_record(request.user)}
    return render(request, "training/my_training.html", context)


@access(Rule.SIGNED_IN)
def download(request: MemberRequest) -> HttpResponse:
    """Hand this person their record as CSV."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-training-{today()}.csv"'
    response.write("\ufeff")  # so that spreadsheets read the accents
    rows = csv.writer(response)
    rows.writerow(HEAD)
    for done in learning_of(request.user).completions:
        certificate = getattr(done, "certificate", None)
        row = (
            done.course_title,
            done.get_source_display(),
            done.completed_on,
            "This no longer counts" if done.is_revoked else done.valid_to or "",
            certificate.number if certificate else "",
        )
        rows.writerow([plain(str(cell)) for cell in row])
    return response
