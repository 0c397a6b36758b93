"""A lesson's blocks, from a course file to the editor's StreamField."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from wagtail.blocks import StreamValue

from courses.content import html
from courses.models import ModulePage
from courses.schema import BLOCKS, Field

if TYPE_CHECKING:
    from typing import Any

SPACE = uuid.UUID("6f1d7c0e-5d0f-4c5b-9d35-0c2f3b8f4a10")


def stream(body: list[dict[str, Any]], name: str) -> StreamValue:
    """Return the blocks. The same file gives the same ids, so loading it twice changes nothing."""
    raw = [
        {
            "type": kind,
            "value": _value(content, BLOCKS[kind], f"{name}/{place}"),
            "id": _id(f"{name}/{place}"),
        }
        for place, block in enumerate(body)
        for kind, content in block.items()
    ]
    return StreamValue(ModulePage._meta.get_field("body").stream_block, raw, is_lazy=True)


def _value(content: Any, field: Field, name: str) -> Any:
    if field.kind is str:
        return html(content) if field.markdown else content.strip()
    if field.kind is list:
        inner = _of_list(field)
        return [
            {"type": "item", "value": _value(one, inner, f"{name}/{n}"), "id": _id(f"{name}/{n}")}
            for n, one in enumerate(content)
        ]
    if field.kind is dict:
        return {
            key: _value(content[key], inner, f"{name}/{key}")
            for key, inner in (field.fields or {}).items()
            if content.get(key) is not None
        }
    return content.isoformat() if hasattr(content, "isoformat") else content


def _of_list(field: Field) -> Field:
    return Field(dict, fields=field.fields) if field.fields else Field(str)


def _id(name: str) -> str:
    return str(uuid.uuid5(SPACE, name))
