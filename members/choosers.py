"""Choosing one person or unit of very many in the administration's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from members.models import Member, Unit

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse


class Search(SearchFilterMixin, BaseFilterForm):
    """The box above a list to choose from; what it looks through is up to the list."""

    def filter(self, objects: Any) -> Any:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return self.matching(objects, words)


class PersonSearch(Search):
    def matching(self, people: Any, words: str) -> Any:
        return people.named(words)


class UnitSearch(Search):
    def matching(self, units: Any, words: str) -> Any:
        return units.filter(name__icontains=words)


class AsksFirst:
    """Wagtail lets everybody in the administration choose; names are for who may see people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("members.view_member"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class ChooseMember(AsksFirst, chooser.ChooseView):
    filter_form_class = PersonSearch


class ChooseMemberResults(AsksFirst, chooser.ChooseResultsView):
    filter_form_class = PersonSearch


class MemberChosen(AsksFirst, chooser.ChosenView):
    pass


class MembersChosen(AsksFirst, chooser.ChosenMultipleView):
    pass


class MemberChooser(ChooserViewSet):
    model = Member
    choose_view_class = ChooseMember
    choose_results_view_class = ChooseMemberResults
    chosen_view_class = MemberChosen
    chosen_multiple_view_class = MembersChosen
    icon = "user"
    choose_one_text = "Choose a person"
    choose_another_text = "Choose somebody else"
    per_page = 20


class ChooseUnit(chooser.ChooseView):
    filter_form_class = UnitSearch


class ChooseUnitResults(chooser.ChooseResultsView):
    filter_form_class = UnitSearch


class UnitChooser(ChooserViewSet):
    model = Unit
    choose_view_class = ChooseUnit
    choose_results_view_class = ChooseUnitResults
    icon = "site"
    choose_one_text = "Choose a unit"
    choose_another_text = "Choose another unit"
    per_page = 20


PEOPLE, UNITS = MemberChooser("choose_member"), UnitChooser("choose_unit")
CHOOSERS = (PEOPLE, UNITS)
