"""The ruler itself: a ratio of known sizes, and a line that is passed."""

import itertools

import pytest

from bench.paired import Ratio, compare


def test_compare_gives_the_ratio_of_what_to_anchor():
    costs = {"dear": 30.0, "cheap": 10.0}
    now = [0.0]

    def spend(kind):
        now[0] += costs[kind]

    ratio = compare(
        lambda: spend("dear"), lambda: spend("cheap"), names=("dear", "cheap"), limit=2, clock=lambda: now[0], rounds=3
    )
    assert ratio.value == pytest.approx(3)
    assert ratio.is_over
    assert str(ratio) == "dear: 3.00 x cheap (runs 3.00 to 3.00), line 2: OVER"


def test_one_slow_run_does_not_decide():
    spikes = itertools.cycle([0, 0, 0, 0, 1000])
    now = [0.0]

    def spend():
        now[0] += 10

    def spend_with_spikes():
        now[0] += 10 + next(spikes)

    assert compare(spend_with_spikes, spend, names=("a", "b"), clock=lambda: now[0]).value == pytest.approx(1)


def test_without_a_line_nothing_is_over():
    assert not Ratio("a", "b", 99).is_over
