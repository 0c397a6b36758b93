"""What looks wrong about a question. A flag is a reason to look, not a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import models

from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizzes.analysis.items import ItemFigures, OptionFigures

EASY, HARD = 0.95, 0.2
NO_ROOM = 0.9  # where so many are right, strong and weak cannot differ much
EQUALLY_WELL = 0.1  # a discrimination nearer to nothing than this
LONG = 180  # seconds, of half of the people
SURE = 50  # with fewer answers it may well be chance


class Flag(models.TextChoices):
    """The flags, as lists and filters name them. The first are the gravest."""

    WRONG_KEY = "wrong_key", "The best learners choose a wrong answer: is the key wrong?"
    BACKWARDS = "backwards", "Weak learners do better than strong ones: is it misleading?"
    EQUALLY_WELL = (
        "equally_well",
        "Weak and strong learners do equally well: does it measure anything?",
    )
    TOO_HARD = "too_hard", "Almost nobody gets this right"
    TOO_EASY = "too_easy", "Almost everyone gets this right"
    NEVER_CHOSEN = "never_chosen", "Nobody ever chooses one of the answers"
    SLOW = "slow", "People take very long"


NAMING = {
    Flag.WRONG_KEY: "The best learners choose “{option}”: is the key wrong?",
    Flag.NEVER_CHOSEN: "Nobody ever chooses “{option}”",
}


class Raised(NamedTuple):
    """A flag of one question, with the option it is about."""

    flag: Flag
    option: str = ""

    def __str__(self) -> str:
        return NAMING[self.flag].format(option=self.option) if self.option else self.flag.label


def flags_of(item: ItemFigures) -> list[Raised]:
    """Return what looks wrong, the gravest first; nothing about what too few were asked."""
    if not item.is_enough:
        return []
    raised = [one for rule in RULES for one in rule(item)]
    order = list(Flag)
    return sorted(raised, key=lambda one: order.index(one.flag))


def _key(item: ItemFigures) -> Iterator[Raised]:
    """The best third choose a wrong option more often than a right one."""
    shown = [option for option in item.options if option.best is not None and option.is_shown]
    right = [option.best or 0 for option in item.options if option.is_right]
    wrong: list[OptionFigures] = [option for option in shown if not option.is_right]
    tempting = max(wrong, key=lambda option: option.best or 0, default=None)
    if right and tempting and (tempting.best or 0) > min(right):
        yield Raised(Flag.WRONG_KEY, tempting.text)


def _difference(item: ItemFigures) -> Iterator[Raised]:
    """A question nearly all get right, or wrong, cannot tell people apart."""
    found, facility = item.discrimination, item.facility or 0
    if found is None or item.asked < SURE or not HARD < facility < NO_ROOM:
        return
    if found <= -EQUALLY_WELL:
        yield Raised(Flag.BACKWARDS)
    elif found < EQUALLY_WELL:
        yield Raised(Flag.EQUALLY_WELL)


def _ease(item: ItemFigures) -> Iterator[Raised]:
    facility = item.facility or 0
    if facility >= EASY:
        yield Raised(Flag.TOO_EASY)
    elif facility <= HARD:
        yield Raised(Flag.TOO_HARD)


def _idle_options(item: ItemFigures) -> Iterator[Raised]:
    if item.asked >= SURE:
        for option in item.options:
            if not option.count:
                yield Raised(Flag.NEVER_CHOSEN, option.text)


def _time(item: ItemFigures) -> Iterator[Raised]:
    """Whoever writes an essay may take their time."""
    if item.kind != Kind.ESSAY and (item.median_seconds or 0) >= LONG:
        yield Raised(Flag.SLOW)


RULES: tuple[Callable[[ItemFigures], Iterator[Raised]], ...] = (
    _key,
    _difference,
    _ease,
    _idle_options,
    _time,
)
