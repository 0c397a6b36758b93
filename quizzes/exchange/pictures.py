"""Images that come with questions: looked at first, removed again if the import fails."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.images.models import AbstractImage

    from members.models import Member
    from quizzes.exchange.items import Picture

COLLECTION = "Questions"
LONGEST_NAME = 60
DAMAGED = "The image “{name}” is damaged. Put it into the question again, and export that."


def picture_fault(picture: Picture) -> str:
    """Return why this image cannot be used, by the rules for every image of the site."""
    try:
        WagtailImageField().clean(SimpleUploadedFile(_name(picture), picture.content))
    except ValidationError as error:
        return f"The image “{picture.name}”: {' '.join(error.messages)}"
    except Exception:  # noqa: BLE001 (what Pillow raises depends on where a picture is damaged)
        return DAMAGED.format(name=picture.name)
    return ""


class Shelf:
    """Puts images into the collection of questions; the same image once."""

    def __init__(self, by: Member | None) -> None:
        self.by = by
        self.written: list[AbstractImage] = []

    def put(self, picture: Picture) -> AbstractImage:
        """Return the image in the bank with this content; write it if there is none."""
        digest = hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()  # Wagtail's
        images = get_image_model().objects.filter(collection__name=COLLECTION, file_hash=digest)
        return images.first() or self._written(picture, digest)

    def _written(self, picture: Picture, digest: str) -> AbstractImage:
        name = _name(picture)
        image = get_image_model()(
            title=(picture.alt or name)[:255],
            file=ContentFile(picture.content, name=name),
            collection=_collection(),
            uploaded_by_user=self.by,
            file_size=len(picture.content),
            file_hash=digest,
        )
        self.written.append(image)
        image.save()
        return image

    def clear(self) -> None:
        """Remove the files that were written; the transaction took care of the rows."""
        for image in self.written:
            if image.file and image.file._committed:  # it got as far as the storage
                image.file.storage.delete(image.file.name)


@contextmanager
def shelf(by: Member | None) -> Iterator[Shelf]:
    """Keep the files that are written inside if all goes well, and none of them otherwise."""
    kept = Shelf(by)
    try:
        yield kept
    except BaseException:  # also when somebody stops the command
        kept.clear()
        raise


def _name(picture: Picture) -> str:
    path = PurePath(picture.name.replace("\\", "/"))
    return f"{path.stem[:LONGEST_NAME] or 'image'}{path.suffix.lower()}"


def _collection() -> Collection:
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)
