"""People, the posts they hold, units and kinds of posts in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from members import audit
from members.actions import save_member, save_tenure
from members.admin_accounts import refuse_to_touch
from members.admin_units import NobodyDeletes, PostKindViewSet, UnitViewSet
from members.choosers import PEOPLE, UNITS
from members.models import Mail, Member, PostKind, Tenure, Unit

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from members.http import MemberRequest

NAMES = ["given_name", "family_name", "preferred_name", "email", "membership_number"]


# --- People -------------------------------------------------------------------------------------
class PersonForm(WagtailAdminModelForm):
    """What the organisation knows of a person; groups are in Settings > Accounts."""

    class Meta:
        model = Member
        fields = [*NAMES, "home_unit", "language", "is_under_18", "is_active"]
        widgets = {
            "home_unit": UNITS.widget_class,
            "language": forms.Select(choices=settings.LANGUAGES),
        }


class PersonFilter(WagtailFilterSet):
    """Find people by where they are and what they hold today."""

    unit = django_filters.CharFilter(
        method="keep_unit", label="Unit (part of its name)", widget=forms.TextInput
    )
    post = django_filters.ModelChoiceFilter(
        queryset=PostKind.objects.all(), method="keep_post", label="Holds today"
    )

    unreached = django_filters.BooleanFilter(
        method="keep_unreached", label="Their last mail came back"
    )

    class Meta:
        model = Member
        fields = ["unit", "post", "unreached", "is_active", "is_under_18"]

    def keep_unit(self, people: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        units = Unit.objects.filter(name__icontains=value)
        held = Tenure.objects.current().filter(unit__in=units)
        return people.filter(home_unit__in=units) | people.filter(pk__in=held.values("member"))

    def keep_post(self, people: QuerySet[Member], name: str, value: PostKind) -> QuerySet[Member]:
        held = Tenure.objects.current().filter(post_kind=value)
        return people.filter(pk__in=held.values("member"))

    def keep_unreached(self, people: QuerySet[Member], name: str, value: bool) -> QuerySet[Member]:  # noqa: FBT001 (the filter's own)
        unreached = Mail.objects.unreached().values("member")
        return people.filter(pk__in=unreached) if value else people.exclude(pk__in=unreached)


class PersonIndex(IndexView):
    def get_base_queryset(self) -> QuerySet[Member]:
        people: QuerySet[Member] = Member.objects.select_related("home_unit")
        return people

    def search_queryset(self, people: Any) -> Any:
        return people.named(self.search_query) if self.is_searching else people


class SavesPerson:
    def save_instance(self) -> Member:
        form = self.form  # type: ignore[attr-defined]
        self.has_content_changes = form.has_changed()
        return save_member(
            member=form.save(commit=False),
            changed=form.changed_data,
            by=self.request.user,  # type: ignore[attr-defined]
        )


class PersonCreate(SavesPerson, CreateView):
    pass


class PersonEdit(SavesPerson, EditView):
    template_name = "members/admin/person.html"

    def get_object(self, queryset: Any = None) -> Member:
        person: Member = super().get_object(queryset)
        refuse_to_touch([person], by=self.request.user)
        return person

    def get(self, request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        # Before anything is drawn: without its line in the trail the page is not shown.
        audit.record("person opened", by=request.user, about=[self.object])
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tenures = self.object.tenures.select_related("post_kind", "unit")
        context: dict[str, Any] = super().get_context_data(tenures=tenures, **kwargs)
        return context


class PersonViewSet(ModelViewSet):
    model = Member
    name = "people"
    icon = "user"
    menu_label = "People"
    permission_policy = NobodyDeletes(Member)
    index_view_class = PersonIndex
    add_view_class = PersonCreate
    edit_view_class = PersonEdit
    filterset_class = PersonFilter
    search_fields = NAMES  # Wagtail shows its box where there are some; see PersonIndex
    search_backend_name = None
    ordering = ["family_name", "given_name"]
    list_display = [
        "get_full_name",  # a column by name links to the form
        Column("email", label="E-mail address", sort_key="email"),
        Column("home_unit", label="Home unit"),
        BooleanColumn("is_active", label="May sign in", sort_key="is_active"),
    ]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:  # noqa: FBT001, FBT002
        return PersonForm


# --- Posts held ---------------------------------------------------------------------------------
class TenureForm(WagtailAdminModelForm):
    """A post held from a day, perhaps to a day."""

    class Meta:
        model = Tenure
        fields = ["member", "post_kind", "unit", "started_on", "ended_on"]
        # A list of half a million names would not load.
        widgets = {"member": PEOPLE.widget_class, "unit": UNITS.widget_class}


class TenureFilter(WagtailFilterSet):
    class Meta:
        model = Tenure
        fields = ["post_kind"]


class TenureIndex(IndexView):
    def get_base_queryset(self) -> QuerySet[Tenure]:
        return Tenure.objects.select_related("member", "post_kind", "unit")

    def search_queryset(self, tenures: Any) -> Any:
        if not self.is_searching:
            return tenures
        people = Member.objects.named(self.search_query)
        return tenures.filter(Q(member__in=people) | Q(unit__name__icontains=self.search_query))


class SavesTenure:
    def save_instance(self) -> Tenure:
        form = self.form  # type: ignore[attr-defined]
        self.has_content_changes = form.has_changed()
        return save_tenure(
            tenure=form.save(commit=False),
            by=self.request.user,  # type: ignore[attr-defined]
        )


class TenureCreate(SavesTenure, CreateView):
    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("member", "")
        return {"member": Member.objects.filter(pk=wanted).first()} if wanted.isdecimal() else {}


class TenureEdit(SavesTenure, EditView):
    pass


class TenureViewSet(ModelViewSet):
    model = Tenure
    name = "posts-held"
    icon = "tag"
    menu_label = "Posts held"
    permission_policy = NobodyDeletes(Tenure)
    index_view_class = TenureIndex
    add_view_class = TenureCreate
    edit_view_class = TenureEdit
    filterset_class = TenureFilter
    search_fields = ["member__given_name", "member__family_name", "unit__name"]
    search_backend_name = None
    list_display = ["member", "post_kind", "unit", "started_on", "ended_on"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[TenureForm]:  # noqa: FBT001, FBT002
        return TenureForm


class PeopleGroup(ViewSetGroup):
    menu_label = "Members"
    menu_icon = "group"
    menu_order = 300
    items = (PersonViewSet, TenureViewSet, UnitViewSet, PostKindViewSet)
