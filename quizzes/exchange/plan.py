"""What a file would bring into the bank: which questions are new, and which are there already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzes.exchange.building import print_of, print_of_question
from quizzes.exchange.items import Remark
from quizzes.exchange.pictures import picture_fault
from quizzes.exchange.topics import Topics
from quizzes.kinds import Kind
from quizzes.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizzes.exchange.items import Found, Item
    from quizzes.models import Category

BATCH = 500
REFERENCE = 40  # what the model's column holds
THERE = "Already in the bank, as {reference}."
ID_TAKEN = (
    "“{reference}” is in the bank the reference of a question in another category: "
    "this one is given a new one."
)
STEP_TWICE = "Two steps of this scenario are the same question. Ask each question once."
TWICE = "The same question stands in line {line} already."


@dataclass(slots=True)
class Entry:
    """A question of the file and its place in the bank."""

    item: Item
    category: Category
    reference: str = ""
    pk: int | None = None  # of the question in the bank, once there is one
    is_there: bool = False  # was there before this file
    is_written: bool = False
    steps: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What would be done with a file. With an error nothing of it is."""

    found: Found
    topics: Topics
    entries: list[Entry] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)  # of every item, twins too
    errors: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_there]

    @property
    def there(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_there]

    @property
    def left_alone(self) -> list[Remark]:
        """What is in the bank already, as something that is skipped."""
        return [
            Remark(entry.item.line, THERE.format(reference=entry.reference)) for entry in self.there
        ]

    def wanted(self, *, update: bool) -> list[Entry]:
        """Return the questions to write."""
        return self.entries if update else self.new


def by_type(entries: Iterable[Entry]) -> dict[str, int]:
    """Count questions by type, in the order of the types."""
    counts = Counter(entry.item.kind for entry in entries)
    return {kind: counts[kind] for kind in Kind.values if counts[kind]}


def plan_of(found: Found, *, usual: str = "") -> Plan:
    """Find out what a file would change. `usual` is the slug for questions without a category."""
    plan = Plan(found, Topics(usual), errors=list(found.errors))
    plan.skipped, plan.notes = list(found.skipped), list(found.notes)
    for item in found.items:
        plan.errors += _picture_faults(item)
    plan.errors.sort(key=lambda remark: remark.line)
    if not plan.errors:
        _Placing(plan).place()
        for quiz in found.quizzes:
            if quiz.category:
                plan.topics.of((quiz.category,))
    for remarks in (plan.skipped, plan.notes):
        remarks.sort(key=lambda remark: remark.line)
    return plan


def _picture_faults(item: Item) -> Iterator[Remark]:
    if item.picture and (fault := picture_fault(item.picture)):
        yield Remark(item.line, fault)
    for step in item.steps:
        yield from _picture_faults(step.question)


class _Placing:
    """Gives every question of a file its reference, and finds those that are in the bank."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.taken: dict[str, Entry] = {}
        self.nameless: dict[tuple[object, ...], Entry] = {}

    def place(self) -> None:
        for item in self.plan.found.items:
            entry, twin = self._placed(item)
            self.plan.places.append(twin or entry)
            if twin:
                line = twin.item.line
                self.plan.skipped.append(Remark(item.line, TWICE.format(line=line)))
            else:
                self.plan.entries.append(entry)
        self._leave_to_other_categories()
        self._find_by_words()
        self._name_the_nameless()
        self._find_by_reference()
        self._refuse_steps_twice()

    def _placed(self, item: Item, above: Entry | None = None) -> tuple[Entry, Entry | None]:
        """Return the question's entry, and the earlier one in the file that is the same."""
        category = above.category if above and not item.category else self._topic(item)
        entry = Entry(item, category)
        wanted = item.reference
        if above and not wanted:
            wanted = _with_suffix(above.reference, len(above.steps) + 1) if above.reference else ""
        twin = self._named(entry, wanted) if wanted else self._unnamed(entry)
        if not twin:
            for step in item.steps:
                placed, earlier = self._placed(step.question, entry)
                entry.steps.append(earlier or placed)
        return entry, twin

    def _topic(self, item: Item) -> Category:
        return self.plan.topics.of(item.category)

    def _named(self, entry: Entry, wanted: str) -> Entry | None:
        reference, number = wanted, 1
        while reference in self.taken:
            if print_of(self.taken[reference].item) == print_of(entry.item):
                return self.taken[reference]
            number += 1
            reference = _with_suffix(wanted, number)
        entry.reference = reference
        self.taken[reference] = entry
        return None

    def _unnamed(self, entry: Entry) -> Entry | None:
        earlier = self.nameless.setdefault(print_of(entry.item), entry)
        return None if earlier is entry else earlier

    def _leave_to_other_categories(self) -> None:
        """Give up references that are only local, where another category of the bank has them."""
        local = [name for name, e in self.taken.items() if e.item.is_local and e.item.category]
        for some in _batches(local):
            known = Question.objects.filter(reference__in=some)
            for reference, category in known.values_list("reference", "category_id"):
                entry = self.taken[reference]
                if entry.category.pk == category:
                    continue
                del self.taken[reference]
                entry.reference, words = "", print_of(entry.item)
                self.nameless[(*words, reference) if words in self.nameless else words] = entry
                said = ID_TAKEN.format(reference=reference)
                self.plan.notes.append(Remark(entry.item.line, said))

    def _find_by_words(self) -> None:
        """Find questions without a reference that stand in the bank word by word."""
        stems = [entry.item.stem for entry in self.nameless.values()]
        for some in _batches(stems):
            questions = Question.objects.filter(stem__in=some).prefetch_related("options")
            question: Question
            for question in questions:  # type: ignore[assignment]
                entry = self.nameless.get(print_of_question(question))
                if entry and not entry.is_there:
                    entry.reference, entry.pk, entry.is_there = (
                        question.reference,
                        question.pk,
                        True,
                    )

    def _name_the_nameless(self) -> None:
        """Name the others by their category and a number that is free."""
        numbers: dict[str, int] = {}
        for entry in self.nameless.values():
            if entry.is_there:
                continue
            stem = entry.category.slug[: REFERENCE - 8].strip("-")
            number = numbers[stem] if stem in numbers else _highest(stem)
            while True:
                number += 1
                entry.reference = f"{stem}-{number:02d}"
                if entry.reference not in self.taken:
                    break
            numbers[stem] = number
            self.taken[entry.reference] = entry

    def _find_by_reference(self) -> None:
        for some in _batches(list(self.taken)):
            known = Question.objects.filter(reference__in=some).values_list("reference", "pk")
            for reference, pk in known:
                self.taken[reference].pk, self.taken[reference].is_there = pk, True

    def _refuse_steps_twice(self) -> None:
        for entry in self.plan.entries:
            if len({step.pk or id(step) for step in entry.steps}) < len(entry.steps):
                self.plan.errors.append(Remark(entry.item.line, STEP_TWICE))


def _highest(stem: str) -> int:
    """Return the highest number in the bank after this beginning."""
    names = Question.objects.filter(reference__startswith=f"{stem}-")
    ends = (name[len(stem) + 1 :] for name in names.values_list("reference", flat=True))
    return max((int(end) for end in ends if end.isdecimal() and len(end) < 7), default=0)


def _with_suffix(reference: str, number: int) -> str:
    suffix = f"-{number}"
    return reference[: REFERENCE - len(suffix)] + suffix


def _batches(things: list[str]) -> Iterator[list[str]]:
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))
