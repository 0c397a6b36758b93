"""Who is who: people, units, posts, and what was done to whose record."""

from members.models.audit import AuditEvent, AuditSubject
from members.models.declined import Declined
from members.models.history import TenureHistory
from members.models.mail import Mail
from members.models.member import Member
from members.models.organisation import Organisation
from members.models.post import PostKind, Tenure
from members.models.unit import Unit

__all__ = [
    "AuditEvent",
    "AuditSubject",
    "Declined",
    "Mail",
    "Member",
    "Organisation",
    "PostKind",
    "Tenure",
    "TenureHistory",
    "Unit",
]
