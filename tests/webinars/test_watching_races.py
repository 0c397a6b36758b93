"""Two windows of one person: every part that was played is kept, and it counts once.

The control takes the lock away, and the same race must then fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crowds import at_once, fails_in_some_round, with_pause
from tests.webinars.recordings import a_recording, in_part
from webinars.models import Watching, WebinarSettings
from webinars.recordings import verbs
from webinars.recordings.verbs import note_watched
from webinars.recordings.watching import PARTS, percent
from webinars.signals import recording_watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from webinars.models import Recording

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def every_part_is_kept_and_counts_once() -> None:
    WebinarSettings.objects.update_or_create(
        defaults={"watching": "measured", "share_of_recording": 100}
    )
    recording = a_recording()
    member = in_part(recording).member
    heard: list[int] = []

    def hear(watching: Watching, **_: object) -> None:
        heard.append(watching.pk)

    recording_watched.connect(hear)
    at_once(*(note(recording, member, part) for part in range(PARTS)), crowd=PARTS)
    recording_watched.disconnect(hear)
    assert percent(Watching.objects.get(recording=recording).parts) == 100
    assert len(heard) == 1


def note(recording: Recording, member: Member, part: int) -> Callable[[], object]:
    return lambda: note_watched(recording=recording, by=member, parts=[part])


def slowly(patch: pytest.MonkeyPatch) -> None:
    """Take a while between looking and writing: there the lock is needed."""
    patch.setattr(verbs, "is_enough", with_pause(verbs.is_enough))


def test_a_race_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    every_part_is_kept_and_counts_once()


def test_control__without_the_lock_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)

    def unlocked(recording: Recording, by: Member) -> Watching:
        return Watching.objects.get_or_create(recording=recording, member=by)[0]

    monkeypatch.setattr(verbs, "_locked", unlocked)
    assert fails_in_some_round(every_part_is_kept_and_counts_once)
