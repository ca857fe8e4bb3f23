import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from core import jobs, outbox
from core.models import Mark


@pytest.fixture
def subject(db):
    """Any saved row will do as what a job or a letter is about."""
    return Mark.objects.create(name="um-assunto")


@pytest.fixture
def handle(monkeypatch):
    """`@handle("kind")` registers a handler for the length of a test."""
    monkeypatch.setattr(jobs, "handlers", {})
    return jobs.job


@pytest.fixture
def write(monkeypatch):
    """`@write("kind")` registers a letter's builder for the length of a test."""
    monkeypatch.setattr(outbox, "builders", {})
    return outbox.letter


@pytest.fixture
def make_user(db):
    """`make_user("ana")` is Ana, ana@example.org, with the password «senha de teste»."""

    def make(name, **facts):
        address = facts.pop("email", f"{name.lower()}@example.org")
        return get_user_model().objects.create_user(address, "senha de teste", name=name.title(), **facts)

    return make


@pytest.fixture
def at_once():
    """`at_once(2, work)` calls `work(0)` and `work(1)` in threads that start together; returns what each returned or raised."""

    def run(count, work):
        start = threading.Barrier(count, timeout=20)
        outcomes = [None] * count

        def one(number):
            try:
                start.wait()
                outcomes[number] = work(number)
            except Exception as error:
                outcomes[number] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=[number]) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return outcomes

    return run
