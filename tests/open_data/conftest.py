"""Editions at points of their life, as the public pages' own tests have them."""

import csv
import io

import pytest
from django.core.cache import cache

from tests.public.conftest import certify, hidden, programme, published, questionnaire, sealed, unpublished

__all__ = ["certify", "hidden", "programme", "published", "questionnaire", "sealed", "unpublished"]


@pytest.fixture(autouse=True)
def nothing_counted():
    """The page counts its tables every few minutes only."""
    cache.clear()


def rows_of(client, slug):
    """The rows of a table as its CSV tells them."""
    response = client.get(f"/dados/{slug}.csv")
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))
