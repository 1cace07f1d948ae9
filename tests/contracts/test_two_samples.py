"""The statistics by which a proof says that two samples of times do not differ."""

import random

import pytest

from tests.benchmarks._two_samples import ROUNDS, compared, mann_whitney, permuted_medians


def test_ranks_of_samples_apart():
    u, p = mann_whitney([1, 2, 3], [4, 5, 6])
    assert u == 0
    # z is (4.5 - 0.5) / sqrt(3 * 3 / 12 * 7).
    assert p == pytest.approx(0.0809, abs=1e-4)
    assert mann_whitney([4, 5, 6], [1, 2, 3]) == (9, p)


def test_equal_values_share_their_ranks():
    u, p = mann_whitney([1, 2, 2], [2, 3, 3])
    # Ranks 1, 3, 3 and 3, 5.5, 5.5; the spread is sqrt(9 / 12 * (7 - (24 + 6) / 30)).
    assert u == 1
    assert p == pytest.approx(0.1573, abs=1e-4)
    assert mann_whitney([5, 5, 5], [5, 5]) == (3, 1.0)


def test_times_that_differ_are_told_from_times_that_do_not():
    chance = random.Random(5)  # noqa: S311 - the same times each time, not a secret
    one, same = ([chance.lognormvariate(4, 0.3) for _ in range(90)] for _ in range(2))
    slower = [time + 20 for time in same]
    alike, apart = compared(one, same), compared(one, slower)
    assert min(alike["mann_whitney_p"], alike["permutation_p"]) > 0.01
    assert max(apart["mann_whitney_p"], apart["permutation_p"]) < 0.01
    assert apart["difference_of_medians_ms"] < 0
    assert permuted_medians([1] * 9, [1] * 9) == 1
    assert permuted_medians(range(30), range(100, 130)) == pytest.approx(1 / (ROUNDS + 1))
