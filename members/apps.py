from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    name = "members"


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own user administration, taught our names for people."""

    user_viewset = "members.admin_accounts.AccountViewSet"
