"""These tests make the demonstration, and see what it says of itself."""

import pytest

from core.context_processors import forget_demo_mark


@pytest.fixture(autouse=True)
def steady_demo_mark(settings):
    settings.DEMO_MARK_SECONDS = 3600
    forget_demo_mark()
    yield
    forget_demo_mark()
