from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    name = "members"
    default = True

    def ready(self) -> None:
        from members import receivers  # noqa: F401, PLC0415 (connects them)


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own user administration, taught our names for people."""

    user_viewset = "members.admin_accounts.AccountViewSet"
