"""Previews for authors. Nothing is written for them: what is shown is made up in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import PreviewableMixin

if TYPE_CHECKING:
    from typing import Any

    from members.http import MemberRequest

AS_ASKED, MARKED = "", "marked"


class Previewed(PreviewableMixin):
    """What an author sees of a draft, saved or not, is what a learner would meet."""

    def get_preview_template(self, request: MemberRequest, mode_name: str) -> str:
        return f"quizzes/preview/{self._meta.model_name}.html"

    def get_preview_context(self, request: MemberRequest, mode_name: str) -> dict[str, Any]:
        from quizzes import preview  # noqa: PLC0415 (it stands on the models)

        return {"request": request, **preview.of(self, request.user, mode_name)}


class PreviewedMarked(Previewed):
    """A draft that can also be seen as it is shown after marking."""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [(AS_ASKED, "As a learner meets it"), (MARKED, "After marking")]
