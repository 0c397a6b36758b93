"""Past completions from a file: what is read, what is refused, what is written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from courses.import_files import read_table
from courses.imports import CannotCount, HasProblems, dismiss, import_table, match
from courses.models import Completion, CoursePage, Edition, ImportedRow
from members.models import AuditEvent, Member
from tests.courses.factories import CourseFactory
from tests.courses.proofs import csv_of, decider, xlsx_of
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from courses.import_plan import Plan

pytestmark = pytest.mark.django_db

MOST_QUERIES = 400  # SQLite looks people up and writes rows some hundreds at a time
EVERYTHING = "email,membership_number,course,completed_on,valid_to,provider"


@pytest.fixture
def course() -> CoursePage:
    return CourseFactory(slug="essentials", validity_months=24)


@pytest.fixture
def jo() -> Member:
    return MemberFactory(email="Jo@example.org", membership_number="A0042")


def taken(content: bytes, **options: Any) -> Plan:
    options = {"good_rows": False, "by": None} | options
    return import_table(table=read_table(content), file_name="roster.csv", **options)


def problems(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(HasProblems) as refused:
        taken(content)
    assert not Completion.objects.exists()
    return [(problem.row, problem.column) for problem in refused.value.plan.problems]


# --- Reading --------------------------------------------------------------------------------------
ROW = "jo@example.org,essentials,2025-03-27"


@pytest.mark.parametrize(
    "content",
    [
        csv_of(ROW),
        b"\xef\xbb\xbf" + csv_of(ROW),
        csv_of("JO@EXAMPLE.ORG , Essentials , 27/03/2025", head=" E-mail,Course,Completed on"),
        csv_of(ROW.replace(",", ";"), head="email;course;completed_on"),
        csv_of(ROW.replace(",", "\t"), head="email\tcourse\tcompleted_on"),
        csv_of(f"Zoë,{ROW}", head="name,email,course,completed_on").decode().encode("cp1252"),
        csv_of("", ROW, "", ",,", head="\n\nemail,course,completed_on"),
        csv_of(ROW).replace(b"\n", b"\r\n"),
        csv_of(
            "a0042".upper() + ",essentials,2025-03-27", head="membership_number,course,completed_on"
        ),
        xlsx_of(
            ("email", "course", "completed_on"),
            ("jo@example.org", "essentials", dt.date(2025, 3, 27)),
        ),
    ],
    ids=["utf-8", "bom", "words", "semicolon", "tab", "windows", "blank", "crlf", "number", "xlsx"],
)
def test_every_usual_kind_of_file_is_read(content: bytes, course: CoursePage, jo: Member) -> None:
    plan = taken(content)
    assert len(plan.new) == 1
    done = Completion.objects.get()
    assert (done.member, done.course, done.completed_on) == (jo, course, dt.date(2025, 3, 27))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,essentials,2025-03-27,,", "email"),
        ("jo@example.org,,unknown,2025-03-27,,", "course"),
        ("jo@example.org,,,2025-03-27,,", "course"),
        ("jo@example.org,,essentials,,,", "completed_on"),
        ("jo@example.org,,essentials,27.3.2025,,", "completed_on"),
        ("jo@example.org,,essentials,03/27/2025,,", "completed_on"),
        ("jo@example.org,,essentials,2025-02-29,,", "completed_on"),
        ("jo@example.org,,essentials,2999-01-01,,", "completed_on"),
        ("jo@example.org,,essentials,1999-12-31,,", "completed_on"),
        ("jo@example.org,,essentials,2025-03-27,soon,", "valid_to"),
        ("jo@example.org,,essentials,2025-03-27,2025-03-26,", "valid_to"),
        (f"jo@example.org,,essentials,2025-03-27,,{'x' * 121}", "provider"),
        ("jo@example.org,B1,essentials,2025-03-27,,", "email"),
    ],
)
def test_a_row_with_a_problem_is_named_and_stops_the_file(
    row: str, column: str, course: CoursePage, jo: Member
) -> None:
    MemberFactory(membership_number="B1")
    good = "jo@example.org,,essentials,2024-01-05,,"
    assert problems(csv_of(good, row, head=EVERYTHING)) == [(3, column)]
    plan = taken(csv_of(good, row, head=EVERYTHING), good_rows=True)
    assert (len(plan.new), Completion.objects.count()) == (1, 1)


def test_the_same_row_twice_is_a_problem_however_the_person_is_written(
    course: CoursePage, jo: Member
) -> None:
    rows = ("jo@example.org,,essentials,2025-03-27,,", ",A0042,essentials,27/03/2025,,")
    assert problems(csv_of(*rows, head=EVERYTHING)) == [(3, "completed_on")]
    lost = ("x@example.org,,essentials,2025-03-27,,",) * 2
    assert problems(csv_of(*lost, head=EVERYTHING)) == [(3, "completed_on")]


# --- Writing --------------------------------------------------------------------------------------
def test_days_are_the_real_ones_and_may_be_over(course: CoursePage, jo: Member) -> None:
    head = "email,course,completed_on,valid_to,provider"
    rows = (
        "jo@example.org,essentials,2019-05-01,,The council",
        "jo@example.org,essentials,2025-05-01,2025-12-31,",
    )
    taken(csv_of(*rows, head=head))
    old, cut = Completion.objects.order_by("completed_on")
    assert old.valid_to == dt.date(2021, 5, 1)
    assert cut.valid_to == dt.date(2025, 12, 31)
    assert {old.source, cut.source} == {Completion.Source.IMPORTED}
    trace = old.imported_rows.get()
    assert (trace.provider, trace.file_name, trace.email) == ("The council", "roster.csv", "")
    assert not hasattr(old, "certificate")


def test_a_row_renews_the_row_before_it_whatever_their_order(
    course: CoursePage, jo: Member
) -> None:
    taken(csv_of("jo@example.org,essentials,2025-04-01", "jo@example.org,essentials,2023-05-01"))
    first, second = Completion.objects.order_by("completed_on")
    assert first.valid_to == dt.date(2025, 5, 1)
    assert second.valid_to == dt.date(2027, 5, 1)  # in the window: nobody loses days


def test_it_names_the_edition_of_its_day(course: CoursePage, jo: Member) -> None:
    for number, day in ((2, dt.date(2024, 1, 1)), (3, dt.date(2026, 1, 1))):
        Edition.objects.create(
            course=course,
            number=number,
            kind=Edition.Kind.MINOR,
            published_on=day,
            what_changed="Words.",
            recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )
    taken(csv_of("jo@example.org,essentials,2023-05-01", "jo@example.org,essentials,2025-05-01"))
    numbers = Completion.objects.order_by("completed_on").values_list("edition_number", flat=True)
    assert list(numbers) == [1, 2]


def test_importing_again_changes_nothing(course: CoursePage, jo: Member) -> None:
    content = csv_of(ROW, "lost@example.org,essentials,2025-03-27")
    first = taken(content)
    assert (len(first.new), first.known, len(first.unmatched)) == (1, 0, 1)
    again = taken(content)
    assert (len(again.new), again.known, len(again.unmatched)) == (0, 1, 1)
    assert Completion.objects.count() == 1
    assert ImportedRow.objects.count() == 2
    assert AuditEvent.objects.filter(action="completions.imported").count() == 1


def test_nobody_imports_their_own(course: CoursePage) -> None:
    ada = decider(email="ada@example.org")
    with pytest.raises(HasProblems) as refused:
        taken(csv_of("ada@example.org,essentials,2025-03-27"), by=ada)
    assert "your own training" in refused.value.plan.problems[0].reason


def test_ten_thousand_rows_take_a_handful_of_queries(
    course: CoursePage, django_assert_max_num_queries: Callable
) -> None:
    Member.objects.bulk_create(
        Member(given_name="A", email=f"p{n}@example.org") for n in range(10_000)
    )
    content = csv_of(*(f"p{n}@example.org,essentials,2025-03-27" for n in range(10_000)))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(taken(content).new) == 10_000
    assert taken(content).known == 10_000


# --- People not found -----------------------------------------------------------------------------
def test_matching_writes_all_that_names_the_person_so(course: CoursePage) -> None:
    jo, ada = MemberFactory(), decider()
    rows = ("lost@example.org,essentials,2023-05-01", "lost@example.org,essentials,2025-04-01")
    content = csv_of(*rows, "other@example.org,essentials,2025-03-27")
    taken(content)
    row = ImportedRow.objects.unmatched().filter(email="lost@example.org").first()
    assert len(match(row=row, member=jo, by=ada)) == 2
    assert jo.completions.order_by("completed_on").last().valid_to == dt.date(2027, 5, 1)
    assert ImportedRow.objects.unmatched().get().email == "other@example.org"
    assert taken(content).known == 2
    with pytest.raises(CannotCount, match="decided already"):
        match(row=row, member=MemberFactory(), by=ada)
    with pytest.raises(CannotCount, match="your own"):
        match(row=ImportedRow.objects.unmatched().get(), member=ada, by=ada)


def test_matching_with_what_is_on_record_writes_nothing_new(course: CoursePage, jo: Member) -> None:
    taken(csv_of(ROW, "old@example.org,essentials,2025-03-27"))
    match(row=ImportedRow.objects.unmatched().get(), member=jo, by=decider())
    assert Completion.objects.get().imported_rows.count() == 2


def test_dismissed_is_known_from_then_on(course: CoursePage) -> None:
    content = csv_of("lost@example.org,essentials,2025-03-27")
    taken(content)
    dismiss(row=ImportedRow.objects.get(), by=decider())
    assert taken(content).known == 1
    assert not ImportedRow.objects.unmatched().exists()
