import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from core import idempotency
from core.idempotency import Answer, InProgress, KeyMalformed, KeyReused
from core.models import IdempotencyKey, Mark


@pytest.fixture
def ana(make_user):
    return make_user("ana")


def save(name):
    """A write that cannot be done twice."""
    return lambda: (201, {"id": Mark.objects.create(name=name).name})


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k" * 129])
def test_a_key_that_is_none_is_refused(ana, key):
    with pytest.raises(KeyMalformed):
        idempotency.once(ana, key, "hash", save("x"))
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused(ana):
    idempotency.once(ana, "k", idempotency.fingerprint("a"), save("x"))
    with pytest.raises(KeyReused):
        idempotency.once(ana, "k", idempotency.fingerprint("b"), save("y"))


@pytest.mark.django_db
def test_a_repetition_gets_the_first_answer(ana):
    first = idempotency.once(ana, "k", "hash", save("x"))
    again = idempotency.once(ana, "k", "hash", save("x"))
    assert first == Answer(201, {"id": "x"})
    assert again == Answer(201, {"id": "x"}, replayed=True)


@pytest.mark.django_db
def test_a_refusal_that_was_answered_is_repeated_as_it_was(ana):
    refuse = lambda: (412, {"code": "stale"})  # noqa: E731
    idempotency.once(ana, "k", "hash", refuse)
    assert idempotency.once(ana, "k", "hash", save("x")) == Answer(412, {"code": "stale"}, replayed=True)
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_another_persons_key_is_another_key(ana, make_user):
    idempotency.once(ana, "k", "hash", save("x"))
    assert idempotency.once(make_user("bia"), "k", "hash", save("y")) == Answer(201, {"id": "y"})


@pytest.mark.django_db
def test_what_failed_is_undone_and_may_be_tried_again(ana):
    def fail():
        Mark.objects.create(name="half-way")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        idempotency.once(ana, "k", "hash", fail)
    assert not Mark.objects.exists()
    assert idempotency.once(ana, "k", "hash", save("x")).status == 201


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_under_way_the_second_is_told_so(ana, at_once):
    begun, told = threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert told.wait(20)
        return 201, {}

    def one(number):
        if number == 0:
            return idempotency.once(ana, "k", "hash", slow)
        assert begun.wait(20)
        try:
            return idempotency.once(ana, "k", "hash", save("x"))
        finally:
            told.set()

    first, second = at_once(2, one)
    assert first == Answer(201, {})
    assert isinstance(second, InProgress)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_once(ana, at_once):
    outcomes = at_once(6, lambda number: idempotency.once(ana, "k", "hash", save("x")))
    assert all(isinstance(each, (Answer, InProgress)) for each in outcomes)
    assert [each.replayed for each in outcomes if isinstance(each, Answer)].count(False) == 1
    assert Mark.objects.count() == 1


@pytest.mark.django_db
def test_the_claim_of_a_process_that_died_passes_on(ana):
    IdempotencyKey.objects.create(user=ana, key="k", request_hash="hash")
    with pytest.raises(InProgress):
        idempotency.once(ana, "k", "hash", save("x"))
    IdempotencyKey.objects.update(created_at=timezone.now() - idempotency.ABANDONED)
    assert idempotency.once(ana, "k", "hash", save("x")) == Answer(201, {"id": "x"})


@pytest.mark.django_db
def test_one_given_up_who_wakes_up_writes_nothing(ana):
    def slow():
        Mark.objects.create(name="from-the-first")
        # Meanwhile somebody took the key over.
        IdempotencyKey.objects.update(claim="another")
        return 201, {}

    with pytest.raises(InProgress):
        idempotency.once(ana, "k", "hash", slow)
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_keys_are_kept_for_thirty_days(ana):
    now = timezone.now()
    for age in (29, 31):
        IdempotencyKey.objects.create(user=ana, key=f"{age}", request_hash="h", created_at=now - timedelta(days=age))
    assert idempotency.prune(now) == 1
    assert IdempotencyKey.objects.get().key == "29"


def test_a_fingerprint_is_of_the_content_not_of_its_order():
    assert idempotency.fingerprint("r", {"a": 1, "b": 2}) == idempotency.fingerprint("r", {"b": 2, "a": 1})
    assert idempotency.fingerprint("r", {"a": 1}) != idempotency.fingerprint("r", {"a": 2})
