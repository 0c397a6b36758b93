"""Wagtail's user administration, with our names for people: who may enter, and in which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import account
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.users.views import users

from members.actions import save_member
from members.models import Member

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponseBase

PERSONAL = ["given_name", "family_name", "preferred_name", "email"]


class AccountForm(forms.ModelForm[Member]):
    """An account. Nobody sets another person's password: people ask for a code."""

    class Meta:
        model = Member
        fields = [*PERSONAL, "is_active", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"is_superuser": "Everything: may change every setting and every person"}

    def __init__(self, *args: Any, for_user: Member, editing_self: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        if editing_self or not for_user.is_superuser:
            del self.fields["is_superuser"]
        if editing_self:
            del self.fields["is_active"]


class SavesWithAudit:
    """Saves an account by the one verb, groups included."""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"for_user": self.request.user}  # type: ignore[attr-defined]

    def save_instance(self) -> Member:
        form = self.form  # type: ignore[attr-defined]
        self.has_content_changes = form.has_changed()
        member = save_member(
            member=form.save(commit=False),
            changed=form.changed_data,
            by=self.request.user,  # type: ignore[attr-defined]
        )
        form.save_m2m()
        return member


class AccountCreate(SavesWithAudit, users.CreateView):
    page_title = "Add an account"


class AccountEdit(SavesWithAudit, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_to_touch([self.object], by=request.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class AccountIndex(users.IndexView):
    """The list, searched by our names. Nothing is done to many accounts at once."""

    page_title = "Accounts"
    add_item_label = "Add an account"
    default_ordering = ["family_name", "given_name"]

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "name",
                accessor="get_full_name",
                label="Name",
                sort_key="family_name",
                get_url=self.get_edit_url,
            ),
            Column("email", label="E-mail address", sort_key="email"),
            BooleanColumn("is_active", label="May sign in", sort_key="is_active"),
            DateColumn("last_login", label="Last sign-in", sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> list[str]:
        return [*PERSONAL, "membership_number"]

    def search_queryset(self, people: Any) -> Any:
        return people.named(self.search_query) if self.is_searching else people

    def order_queryset(self, queryset: Any) -> Any:
        # Ours has no first and last name to sort by.
        return BaseListingView.order_queryset(self, queryset)


class AccountViewSet(users.UserViewSet):
    """Accounts: who may enter the administration, and in which groups."""

    menu_label = "Accounts"
    copy_view_enabled = False  # an account is one person's
    ordering = ["family_name", "given_name"]
    index_view_class = AccountIndex
    add_view_class = AccountCreate
    edit_view_class = AccountEdit

    def get_form_class(self, for_update: bool = False) -> type[AccountForm]:  # noqa: FBT001, FBT002
        return AccountForm


class ProfileView(account.AccountView):
    """A person's own settings in the administration. Names and pictures are not among them."""

    without = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel)

    def get_panels(self) -> list[Any]:
        panels = super().get_panels()
        return [panel for panel in panels if not isinstance(panel, self.without)]


profile = require_admin_access(ProfileView.as_view())


def refuse_to_touch(members: list[Member], *, by: Any) -> None:
    """Refuse who may change people, but not everything, to change somebody who may."""
    if not by.is_superuser and any(member.is_superuser for member in members):
        raise PermissionDenied
