"""What happens here when something happens elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from members.dates import today
from members.models import Member

if TYPE_CHECKING:
    from typing import Any


@receiver(user_logged_in)
def note_first_sign_in(*, user: Member, **_: Any) -> None:
    """Note the day a member signed in for the first time; later sign-ins cost no query."""
    if user.first_signed_in_on is None:
        user.first_signed_in_on = today()
        first = Member.objects.filter(pk=user.pk, first_signed_in_on=None)
        first.update(first_signed_in_on=user.first_signed_in_on)
