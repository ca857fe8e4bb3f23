import pytest
from django.core.cache import cache

from accounts.people import create_person

PASSWORD = "quatro palavras sem relacao"


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Limits by account and address are counted in the cache: each test starts from none."""
    cache.clear()


@pytest.fixture
def rita(db):
    """A person with a password and a confirmed address, without team or role."""
    return create_person(email="rita@prefeitura.example", name="Rita Alves", password=PASSWORD)


@pytest.fixture
def sign_in(client):
    def sign_in(email, password=PASSWORD, **more):
        return client.post("/conta/entrar/", {"login": email, "password": password, **more})

    return sign_in
