"""What other floors may hear from webinars. Each is sent inside the transaction of the act."""

from django.dispatch import Signal

# What counts of people's attendance at one session is decided, or decided anew, by one act.
# Arguments: rows (a list of Attendance, never empty).
attendance_confirmed = Signal()

# What was confirmed was undone: it should never have counted.
# Arguments: rows (a list of Attendance of one session, never empty), by (Member).
attendance_withdrawn = Signal()

# A question: nothing is written. Arguments: session. Receivers return for how many people what they
# attended is decided and not yet counted: for many that is done in the background.
counting_asked = Signal()

# Somebody has now watched a recording. Arguments: watching (Watching).
recording_watched = Signal()
