"""What other floors may hear from courses."""

from django.dispatch import Signal

# Sent inside the transaction that writes a completion. Arguments: completion (Completion).
course_completed = Signal()
