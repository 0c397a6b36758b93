"""What questions and quizzes share as things that are published in versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin

if TYPE_CHECKING:
    from typing import Any, Self

    from wagtail.models import Revision


class Versioned(DraftStateMixin, RevisionMixin):
    """A draft may be incomplete; what is published is whole, whichever way it is published."""

    class Meta:
        abstract = True

    def problems(self) -> list[str]:
        """Return what is missing before this may be published."""
        raise NotImplementedError

    def is_in_use(self, revision: Revision) -> bool:
        """Return whether people are, or were, shown this version."""
        return bool(revision.pk == self.live_revision_id)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version. Forms, code and schedules all come through here."""
        if problems := revision.as_object().problems():
            raise ValidationError(problems)
        super().publish(revision, *args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a version. Autosave may write over a draft, never over what people were shown."""
        earlier = kwargs.get("overwrite_revision")
        if earlier and self.is_in_use(earlier):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)


class VersionedQuerySet(models.QuerySet[models.Model]):
    """Words about things that are published in versions."""

    def published(self) -> Self:
        """Return those that people may meet: live, with the version to show."""
        return self.filter(live=True, live_revision__isnull=False)
