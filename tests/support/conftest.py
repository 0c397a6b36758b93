"""The page Get support, as it comes with the product."""

from __future__ import annotations

import pytest

from support.loading import load_page
from support.models import SupportPage


@pytest.fixture
def page(db: object) -> SupportPage:
    load_page()
    return SupportPage.objects.get()
