"""Ratios of two things measured in turns, so that a busy machine is busy for both."""

import gc
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How much more `what` costs than `anchor`; `limit` is the line it must not pass, if there is one."""

    what: str
    anchor: str
    value: float
    limit: float | None = None
    spread: tuple[float, float] | None = None

    @property
    def is_over(self):
        return self.limit is not None and self.value > self.limit

    def __str__(self):
        text = f"{self.what}: {self.value:.2f} x {self.anchor}"
        if self.spread:
            text += f" (runs {self.spread[0]:.2f} to {self.spread[1]:.2f})"
        if self.limit is not None:
            text += f", line {self.limit:g}: {'OVER' if self.is_over else 'kept'}"
        return text


def compare(what, anchor, *, names, limit=None, rounds=7, clock=time.process_time, warm_up=1):
    """The median ratio of two callables' CPU time over paired rounds; pass `clock=time.perf_counter` for elapsed time."""
    for _ in range(warm_up):
        anchor()
        what()
    ratios = []
    for turn in range(rounds):
        # Who goes first changes, so that neither always meets the warmer caches.
        first, second = (what, anchor) if turn % 2 else (anchor, what)
        spent = {first: _time(first, clock), second: _time(second, clock)}
        ratios.append(spent[what] / spent[anchor])
    return Ratio(*names, statistics.median(ratios), limit, (min(ratios), max(ratios)))


def _time(action, clock):
    gc.collect()
    started = clock()
    action()
    return clock() - started


@contextmanager
def scratch_database():
    """An empty migrated database for benchmarks that need rows; gone afterwards."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()
