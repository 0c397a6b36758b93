"""The categories a file names: found in the bank, or made when the questions come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from quizzes.models import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT = "Imported questions"
TITLE, SLUG = 120, 80  # what the model's columns hold
ROOM = 6  # of a slug, for the number that makes it unique


class Topics:
    """The bank's categories by their titles. New ones are kept here until `save`."""

    def __init__(self, usual: str = "") -> None:
        """`usual` is the slug of the category for questions whose file names none."""
        known = list(Category.objects.select_related("parent"))
        self.slugs = {category.slug for category in known}
        self.by_path = {path_of(category): category for category in known}
        self.new: list[Category] = []
        self.usual = usual
        self.by_slug = {category.slug: category for category in known}

    def of(self, path: tuple[str, ...]) -> Category:
        """Return the category with this path of titles. Levels below the second are one title."""
        titles = [title.strip()[:TITLE] for title in path if title.strip()]
        if not titles:
            return self._usual()
        titles = [titles[0], *([" / ".join(titles[1:])[:TITLE]] if titles[1:] else [])]
        parent = None
        for depth in range(1, len(titles) + 1):
            parent = self._at(tuple(titles[:depth]), parent)
        assert parent  # noqa: S101 (there is at least one title)
        return parent

    def save(self) -> None:
        """Write what is new; parents come before what is below them."""
        for category in self.new:
            category.parent = category.parent  # it has a key by now
            category.save()

    def _usual(self) -> Category:
        if not self.usual:
            return self._at((DEFAULT,), None)
        if self.usual not in self.by_slug:
            title = self.usual.replace("-", " ").capitalize()[:TITLE]
            self._add(Category(slug=self.usual, title=title), (title,))
        return self.by_slug[self.usual]

    def _at(self, titles: tuple[str, ...], parent: Category | None) -> Category:
        found = self.by_path.get(_folded(titles))
        if found is None:
            found = Category(slug=self._free_slug(titles[-1]), title=titles[-1], parent=parent)
            self._add(found, titles)
        return found

    def _add(self, category: Category, titles: tuple[str, ...]) -> None:
        self.new.append(category)
        self.slugs.add(category.slug)
        self.by_slug[category.slug] = self.by_path[_folded(titles)] = category

    def _free_slug(self, title: str) -> str:
        slug = wanted = slugify(title)[: SLUG - ROOM].strip("-") or "topic"
        number = 1
        while slug in self.slugs:
            number += 1
            slug = f"{wanted}-{number}"
        return slug


def path_of(category: Category) -> tuple[str, ...]:
    above = (category.parent.title,) if category.parent else ()
    return _folded((*above, category.title))


def _folded(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(title.casefold().split()) for title in titles)
