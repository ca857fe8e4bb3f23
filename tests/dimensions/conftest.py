from copy import deepcopy
from types import SimpleNamespace

import pytest

from dimensions import catalogue as catalogues
from dimensions import loader
from dimensions.loader import reading

BUNDLED = reading.read(reading.BUNDLED)


@pytest.fixture
def content():
    """The bundled questionnaire as plain data, to be spoilt at will."""
    return deepcopy(BUNDLED)


@pytest.fixture
def indicator_of(content):
    """Find an indicator's data by its code."""
    rows = {row["code"]: row for dimension in content["dimensions"] for row in dimension["indicators"]}
    return rows.__getitem__


@pytest.fixture
def questionnaire(db):
    return loader.load_default()


@pytest.fixture
def catalogue(questionnaire):
    return catalogues.of(questionnaire.pk)


@pytest.fixture
def answer():
    """An answer as the rules see one."""

    def make(value=None, *, no_data=False, not_applicable=False):
        return SimpleNamespace(value=value, no_data=no_data, not_applicable=not_applicable)

    return make
