"""My quizzes: what is open, past papers, how a person does by topic, and what they may practise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.access import Rule, access
from quizzes.models import Sitting
from quizzes.practice.audience import to_practise
from quizzes.progress import drawn, topics_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest
    from quizzes.models.versions import VersionedQuerySet

PAPERS_ON_A_PAGE = 20


@access(Rule.SIGNED_IN)
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a person their own quizzes. They are for nobody else."""
    sittings = Sitting.objects.visible_to(request.user).select_related("quiz__category")
    going = list(sittings.open().with_clock())
    past = Paginator(sittings.submitted().order_by("-submitted_at", "-pk"), PAPERS_ON_A_PAGE)
    facts = {
        "going": going,
        "past": past.get_page(request.GET.get("page")),
        "topics": drawn(topics_of(request.user)),
        "practice": by_topic(to_practise(request.user)),
        "not_now": {sitting.quiz_id for sitting in going},
    }
    return render(request, "quizzes/mine.html", facts)


def by_topic(quizzes: VersionedQuerySet) -> VersionedQuerySet:
    """Return quizzes in the order of their topics."""
    top = Coalesce("category__parent__title", "category__title")
    order = (top.asc(nulls_last=True), F("category__parent__title").asc(nulls_first=True))
    return quizzes.select_related("category__parent").order_by(*order, "category__title", "title")
