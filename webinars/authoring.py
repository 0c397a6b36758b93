"""The menu "Webinars" of the administration: pages, topics, recordings, and the way to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse, reverse_lazy
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from webinars.models import Recording, Topic, WebinarIndexPage, WebinarPage
from webinars.opening import hosts_sessions
from webinars.recordings.editing import RecordingForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.models import Page

    from members.models import Member

DESK = reverse_lazy("webinars:desk")


class TopicViewSet(SnippetViewSet):
    """What webinars are sorted by."""

    model = Topic
    icon = "tag"
    menu_label = "Topics"
    list_display = ["title", "slug"]
    search_fields = ["title"]
    search_backend_name = None
    panels = [TitleFieldPanel("title"), FieldPanel("slug", widget=SlugInput)]


class RecordingViewSet(SnippetViewSet):
    """Recordings, the newest session first."""

    model = Recording
    icon = "media"
    menu_label = "Recordings"
    list_display = ["session", "minutes", BooleanColumn("is_published", label="Published")]
    list_filter = ["is_published"]
    search_fields = ["session__webinar__title"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            HelpPanel(template="webinars/admin/recording_help.html"),
            FieldPanel("session"),
            FieldPanel("video"),
            FieldPanel("captions"),
            FieldPanel("transcript"),
            FieldPanel("minutes"),
            InlinePanel("chapters", label="Chapter", heading="Chapters"),
            FieldPanel("is_published"),
        ],
        base_form_class=RecordingForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recording]:
        recordings: QuerySet[Recording] = Recording.objects.select_related("session__webinar")
        return recordings.order_by("-session__starts_at", "-pk")


def in_the_tree() -> str:
    """Return where the webinars are in the tree of pages, or the tree while there is none."""
    index = WebinarIndexPage.objects.only("pk").first()
    if index is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_explore", args=[index.pk])


class DeskItem(MenuItem):
    """The host's desk, for whom it is of any use."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and hosts_sessions(request.user)


class WebinarsGroup(SnippetViewSetGroup):
    items = [TopicViewSet, RecordingViewSet]
    menu_label = "Webinars"
    menu_icon = "date"
    menu_order = 260

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        pages = MenuItem("Pages", lazy(in_the_tree, str)(), icon_name="doc-full", order=-1)
        return [pages, *items, DeskItem("Sessions", DESK, icon_name="date", order=len(items))]


@hooks.register("register_page_header_buttons")
def offer_the_desk(
    page: Page, user: Member, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a webinar to its sessions, which are kept outside the administration."""
    if page.specific_class is WebinarPage and hosts_sessions(user):
        yield Button("Sessions", url=reverse("webinars:desk"), icon_name="date", priority=67)
