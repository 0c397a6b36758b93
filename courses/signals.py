"""What other floors may hear from courses."""

from django.dispatch import Signal

# Sent inside the transaction that writes a completion. Arguments: completion (Completion).
course_completed = Signal()

# Sent inside the transaction that takes one back. Arguments: completion, by (Member).
completion_revoked = Signal()

# A question: nothing is written. Sent by the page that checks a new edition, before it publishes.
# Arguments: course (CoursePage), kind (str), old_count_until (date or None). Receivers return the
# number of people it would touch, if that is to be typed before it is published; else None.
edition_weighed = Signal()
