"""Wagtail's user administration, with our names for people."""

from wagtail.users.views.users import UserViewSet


class AccountViewSet(UserViewSet):
    """Accounts: who may enter the administration, and in which groups."""
