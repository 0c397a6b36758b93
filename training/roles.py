"""The groups of the administration and what each may do. Oversight is not here: posts give it.

A pattern names permissions as `app.verb_model`; what no installed app offers is left out and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
QUESTIONS = tuple(f"quizzes.*_{model}" for model in ("category", "question", "quiz"))
WEBINARS = (
    "webinars.host_all",
    *(f"webinars.*_{model}" for model in ("topic", "recording")),
    "webinars.change_webinarsettings",
)
# An author writes drafts; a second pair of eyes publishes them.
DRAFTS = tuple(
    f"quizzes.{verb}_{model}"
    for verb in ("add", "change", "view")
    for model in ("category", "question", "quiz")
)


@dataclass(frozen=True)
class Role:
    """A group: its permissions, and what it may do with the pages at and below one page."""

    name: str
    permissions: tuple[str, ...]
    below: str | None  # the slug of the highest page; None is the root of all pages
    on_pages: tuple[str, ...]


ROLES = (
    Role(
        "Training administrators",
        (
            "wagtailadmin.access_admin",
            *QUESTIONS,
            "quizzes.view_sitting",
            "quizzes.*_adjustment",
            "quizzes.change_assessmentsettings",
            "courses.view_enrolment",
            "courses.view_completion",
            "courses.*_revocation",
            "courses.revoke_completion",
            "courses.approve_evidence",
            # Records are corrected by appending and ended by date: nobody deletes one.
            *(f"compliance.{verb}_*" for verb in ("add", "change", "view")),
            "compliance.decide",
            *(f"certificates.{verb}_certificate" for verb in ("view", "revoke")),
            *(
                f"members.{verb}_{model}"
                for verb in ("add", "change", "view")
                for model in ("member", "tenure", "unit", "postkind", "organisation")
            ),
            "members.view_auditevent",
            "support.*_supportorganisation",
            "support.*_audience",
            *WEBINARS,
        ),
        None,
        ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
    ),
    Role(
        "Authors",
        ("wagtailadmin.access_admin", *DRAFTS),
        "courses",
        ("add_page", "change_page", "publish_page"),
    ),
    Role(
        "Reviewers",
        ("wagtailadmin.access_admin", *QUESTIONS),
        "courses",
        ("change_page", "publish_page"),
    ),
    Role(
        "Webinar organisers",
        ("wagtailadmin.access_admin", *WEBINARS),
        "webinars",
        ("add_page", "change_page", "publish_page"),
    ),
    Role(
        # People who were trained to read what may be a disclosure.
        "Markers",
        ("wagtailadmin.access_admin", "quizzes.mark_essays", "quizzes.view_sitting"),
        None,
        (),
    ),
)


@transaction.atomic
def load_roles() -> list[str]:
    """Make the groups as written above; return what could not be given, in sentences."""
    missing: list[str] = []
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.name)
        group.permissions.set(_matching(role.permissions, missing))
        if role.on_pages:
            _open_pages(group, role, missing)
            _open_media(group)
    # Wagtail makes two groups of its own. Two names for one thing would only confuse.
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    return missing


def _matching(patterns: Iterable[str], missing: list[str]) -> list[Permission]:
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    found: dict[str, Permission] = {}
    for pattern in patterns:
        fits = {name: it for name, it in known.items() if fnmatch(name, pattern)}
        if not fits:
            missing.append(f"No permission fits {pattern}.")
        found |= fits
    return list(found.values())


def _open_pages(group: Group, role: Role, missing: list[str]) -> None:
    wanted = Page.objects.filter(slug=role.below) if role.below else Page.objects.filter(depth=1)
    page = wanted.order_by("depth").first()
    if page is None:
        missing.append(f"There is no page “{role.below}” yet for the group {role.name}.")
        return
    for permission in _page_permissions(role.on_pages):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _page_permissions(codenames: tuple[str, ...]) -> Iterable[Permission]:
    return Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=codenames,
    )


def _open_media(group: Group) -> None:
    root = Collection.get_first_root_node()
    for permission in _matching(MEDIA, []):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
