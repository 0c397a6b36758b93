"""The member: the site's user model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin import display
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from members.dates import today
from members.models.unit import within

if TYPE_CHECKING:
    from datetime import date
    from typing import Any, Self


class MemberQuerySet(models.QuerySet["Member"]):
    """Words about people."""

    def named(self, words: str) -> Self:
        """Return whose names, e-mail address or number hold every one of these words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(preferred_name__icontains=word)
                | Q(email__icontains=word)
                | Q(membership_number__icontains=word)
            )
        return found

    def visible_to(self, viewer: Member, *, on: date | None = None) -> Self:
        """Return whom `viewer` may see by name: themselves and post holders they oversee.

        An ordinary member is in nobody's list; who administers members sees all.
        """
        if viewer.has_perm("members.view_member"):
            return self
        day = on or today()
        holds = Tenure.objects.current(on=day).within(viewer.overseen_paths(on=today()))
        return self.filter(Q(pk=viewer.pk) | Q(pk__in=holds.values("member_id")))


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Makes members; an e-mail address is optional, a password too."""

    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> Member:
        member: Member = self.model(email=self.normalize_email(email) or None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Member:
        member: Member = self.get(email__iexact=email)
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """A person. No address, phone or date of birth: what is not stored cannot leak."""

    email = models.EmailField("e-mail address", unique=True, null=True, blank=True)
    membership_number = models.CharField(max_length=20, unique=True, null=True, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(
        max_length=80, blank=True, help_text="What to call you, if not your given name."
    )
    home_unit = models.ForeignKey(
        "members.Unit", models.PROTECT, null=True, blank=True, related_name="home_members"
    )
    language = models.CharField(max_length=10, default="en-gb")
    is_under_18 = models.BooleanField("under 18", default=False)
    is_active = models.BooleanField(
        "may sign in", default=True, help_text="Switch off for people who have left."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    first_signed_in_on = models.DateField(null=True, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_once",
                violation_error_message="Another member has this e-mail address.",
            ),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(membership_number=""), name="member_null_not_empty"
            ),
        ]
        ordering = ["family_name", "given_name", "pk"]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        super().clean()
        self.email = self.email or None
        self.membership_number = self.membership_number or None

    @display(description="name", ordering="family_name")
    def get_full_name(self) -> str:
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()

    def get_short_name(self) -> str:
        return self.preferred_name or self.given_name

    @property
    def name_for_others(self) -> str:
        """The name other people read: for under-18s the first name and an initial."""
        if self.is_under_18:
            return f"{self.get_short_name()} {self.family_name[:1]}.".strip()
        return self.get_full_name()

    def overseen_paths(self, *, on: date | None = None) -> list[str]:
        """Return the tree paths of the units this member's posts oversee on that day (today).

        That is the right to names. Who may see figures has `figured_paths`.
        """
        held = self.posts_today if on is None else self.tenures.with_posts(on=on)
        return [tenure.unit.path for tenure in held if tenure.post_kind.oversees]

    def figured_paths(self) -> list[str]:
        """Return the tree paths of the units whose figures this member's posts show today."""
        return [held.unit.path for held in self.posts_today if held.post_kind.shows_figures]

    @cached_property
    def posts_today(self) -> list[Tenure]:
        """The posts held today: one query a request, since the user lives as long as that does."""
        return list(self.tenures.with_posts(on=today()))

    @property
    def oversees(self) -> bool:
        """Whether this member holds, today, a post that oversees a unit."""
        return bool(self.overseen_paths())

    @property
    def sees_figures(self) -> bool:
        """Whether this member holds, today, a post that shows a unit's figures, or more."""
        return bool(self.figured_paths())


from members.models.post import Tenure  # noqa: E402  (Tenure points at Member)

__all__ = ["Member", "MemberManager", "MemberQuerySet", "within"]
