"""The reminder on the editor's first page: law that is to be checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.ui.components import Component

from courses.law import law_to_check

if TYPE_CHECKING:
    from typing import Any

SHOWN = 20


class OverdueLawPanel(Component):
    """Lessons and questions whose law should have been checked by today."""

    name = "overdue_law"
    template_name = "courses/admin/overdue_law.html"
    order = 150

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        viewer = parent_context["request"].user
        laws = law_to_check()
        rows = [(law, not law.permission or viewer.has_perm(law.permission)) for law in laws]
        return {"rows": rows[:SHOWN], "more": len(rows[SHOWN:])}
