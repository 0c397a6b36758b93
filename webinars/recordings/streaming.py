"""Handing out a video bit by bit, from wherever its storage keeps it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse

from webinars.recordings.ranges import Part, Unsatisfiable, asked_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models.fields.files import FieldFile
    from django.http import HttpRequest, HttpResponseBase

CHUNK = 256 * 1024
TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


def stream(request: HttpRequest, file: FieldFile) -> HttpResponseBase:
    """Answer with the part of the file that the browser asks for, or all of it.

    Raises Http404 when the storage has lost it.
    """
    size = _size(file)
    try:
        part = _part(request, file, size)
    except Unsatisfiable:
        refusal = HttpResponse(status=416)
        refusal["Content-Range"] = f"bytes */{size}"
        return refusal
    whole = Part(0, size - 1)
    response = StreamingHttpResponse(_chunks(file, part or whole), status=206 if part else 200)
    if part:
        response["Content-Range"] = part.of(size)
    response["Content-Length"] = (part or whole).length
    return _labelled(response, file)


def megabytes(file: FieldFile) -> int | None:
    """Return how large it is, so that people on a phone can decide; None when it is lost."""
    try:
        return max(1, round(file.storage.size(file.name or "") / 1_000_000))
    except FileNotFoundError:
        return None


def _part(request: HttpRequest, file: FieldFile, size: int) -> Part | None:
    """Return the part that is asked for, unless it was to continue a file that is another now."""
    continues = request.headers.get("If-Range", _tag(file))
    if request.method != "GET" or continues != _tag(file):
        return None
    return asked_part(request.headers.get("Range", ""), size)


def _chunks(file: FieldFile, part: Part) -> Iterator[bytes]:
    left = part.length
    with file.storage.open(file.name or "") as opened:
        opened.seek(part.first)
        while left > 0 and (chunk := opened.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _labelled(response: StreamingHttpResponse, file: FieldFile) -> StreamingHttpResponse:
    ending = PurePath(file.name or "").suffix.lower()
    response["Content-Type"] = TYPES.get(ending, "application/octet-stream")
    response["Content-Disposition"] = f'inline; filename="recording{ending}"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(file)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private"
    return response


def _tag(file: FieldFile) -> str:
    """Return the name of this very content: a file that is replaced gets another name."""
    return f'"{PurePath(file.name or "").stem}"'


def _size(file: FieldFile) -> int:
    try:
        return int(file.storage.size(file.name or ""))
    except FileNotFoundError as lost:
        raise Http404 from lost
