"""What other floors may hear from quizzes."""

from django.dispatch import Signal

# Sent inside the transaction that marks a sitting. Arguments: sitting (Sitting, marked).
sitting_marked = Signal()
