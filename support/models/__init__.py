"""Who can help: organisations outside ours, and the page that lists them."""

from support.models.organisation import Audience, SupportOrganisation
from support.models.page import SupportPage

__all__ = ["Audience", "SupportOrganisation", "SupportPage"]
