"""The building blocks of a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from quizzes.models import Question

if TYPE_CHECKING:
    from typing import Any

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "blockquote"]
WIDE = {Question.Nation.GREAT_BRITAIN, Question.Nation.UNITED_KINGDOM}
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class DoDontBlock(blocks.StructBlock):
    """Two lists side by side: what helps and what harms."""

    title = blocks.CharBlock()
    do = blocks.ListBlock(blocks.CharBlock(), label="Do")
    dont = blocks.ListBlock(blocks.CharBlock(), label="Don't")

    class Meta:
        icon = "list-ul"
        label = "Do and don't"
        template = "courses/blocks/do_dont.html"


class ScenarioBlock(blocks.StructBlock):
    """A story from party life; what would help stays folded until the reader has thought."""

    title = blocks.CharBlock()
    situation = blocks.RichTextBlock(features=SHORT_FEATURES)
    response = blocks.RichTextBlock(features=SHORT_FEATURES, label="What would help, and why")

    class Meta:
        icon = "group"
        template = "courses/blocks/scenario.html"


class PictureBlock(blocks.StructBlock):
    """An image with its words: the chooser asks for alternative text or 'decorative'."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False)

    class Meta:
        icon = "image"
        template = "courses/blocks/picture.html"


class FileBlock(DocumentChooserBlock):
    """A document of certain types only."""

    def __init__(self, *, types: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.types = types
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document and document.file_extension.lower() not in self.types:
            wanted = " or ".join(f".{kind}" for kind in self.types)
            has = document.file_extension
            raise ValidationError(f"Choose a {wanted} file. This one is a .{has} file.")
        return document


class VideoBlock(blocks.StructBlock):
    """A video file, never without captions and a transcript."""

    title = blocks.CharBlock()
    video = FileBlock(types=("mp4", "webm"), help_text="An MP4 or WebM file.")
    poster = ImageBlock(required=False)
    captions = FileBlock(types=("vtt",), help_text="A WebVTT file (.vtt).")
    transcript = blocks.RichTextBlock(features=TEXT_FEATURES)
    size_in_mb = blocks.DecimalBlock(
        min_value=0, label="Size in MB", help_text="So that people on a phone can decide."
    )

    class Meta:
        icon = "media"
        template = "courses/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    """One thing to remember."""

    title = blocks.CharBlock()
    text = blocks.RichTextBlock(features=SHORT_FEATURES)
    tone = blocks.ChoiceBlock(
        choices=[("information", "Information"), ("important", "Important")], default="information"
    )

    class Meta:
        icon = "info-circle"
        template = "courses/blocks/callout.html"


class LawValue(blocks.StructValue):
    """A statement of law as templates see it."""

    @property
    def is_local(self) -> bool:
        """Whether it is some people's law and not others': all but what holds in Great Britain."""
        return self["nation"] not in WIDE


class LawBlock(blocks.StructBlock):
    """A statement of law: where it holds, the day it was true, and when to check it again."""

    nation = blocks.ChoiceBlock(choices=Question.Nation.choices)
    title = blocks.CharBlock()
    text = blocks.RichTextBlock(features=SHORT_FEATURES)
    source = blocks.CharBlock()
    source_url = blocks.URLBlock(required=False)
    law_as_at = blocks.DateBlock(label="True on")
    review_by = blocks.DateBlock(label="Check again by")

    class Meta:
        icon = "doc-full"
        value_class = LawValue
        template = "courses/blocks/law.html"


class ContentNoteBlock(blocks.StructBlock):
    """What the next lines speak of, so that people can choose."""

    text = blocks.TextBlock(max_length=400)

    class Meta:
        icon = "warning"
        template = "courses/blocks/content_note.html"


class SelfCheckOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock()
    correct = blocks.BooleanBlock(required=False)
    feedback = blocks.CharBlock(max_length=400)


class SelfCheckBlock(blocks.StructBlock):
    """A question to oneself: not graded, not stored, answered at once."""

    question = blocks.CharBlock()
    options = blocks.ListBlock(SelfCheckOptionBlock(), min_num=2)

    class Meta:
        icon = "help"
        template = "courses/blocks/self_check.html"


class SupportBlock(blocks.StructBlock):
    """A calm strip that leads to Get support."""

    text = blocks.CharBlock(
        default="If this brought something back, you can talk to somebody independent."
    )

    class Meta:
        icon = "pick"
        template = "courses/blocks/support.html"


LESSON_BLOCKS = [
    ("text", blocks.RichTextBlock(features=TEXT_FEATURES, template="courses/blocks/text.html")),
    ("do_dont", DoDontBlock()),
    ("scenario", ScenarioBlock()),
    ("picture", PictureBlock()),
    ("video", VideoBlock()),
    ("callout", CalloutBlock()),
    ("law", LawBlock()),
    ("content_note", ContentNoteBlock()),
    ("self_check", SelfCheckBlock()),
    ("support", SupportBlock()),
]
