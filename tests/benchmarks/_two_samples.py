"""Whether two samples of times differ: two statistics, written out, without a library."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

SEED = 17
ROUNDS = 2_000


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """U of the first sample, and the two-sided p value by the normal approximation.

    Equal values share their ranks and narrow the spread; half a step is taken off for continuity.
    Good from about 20 values a sample on. Mann and Whitney, "On a Test of Whether one of Two
    Random Variables is Stochastically Larger than the Other", Annals of Mathematical Statistics
    18 (1947); the correction for ties as in Lehmann, "Nonparametrics" (1975), chapter 1.
    """
    n, m = len(first), len(second)
    every = sorted([*first, *second])
    total = n + m
    ranks: dict[float, float] = {}
    ties = 0
    seen = 0
    for value, count in sorted(Counter(every).items()):
        ranks[value] = seen + (count + 1) / 2
        ties += count**3 - count
        seen += count
    u = sum(ranks[value] for value in first) - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * (total + 1 - ties / (total * (total - 1))))
    if not spread:
        return u, 1.0
    z = max(abs(u - n * m / 2) - 0.5, 0) / spread
    return u, math.erfc(z / math.sqrt(2))


def permuted_medians(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p value of the difference of the medians, by shuffling who is in which sample.

    The shuffled samples and the real one count alike, so that it is never 0: Phipson and Smyth,
    "Permutation P-values Should Never Be Zero", Statistical Applications in Genetics and
    Molecular Biology 9 (2010).
    """
    chance = random.Random(SEED)  # noqa: S311 - the same shuffles each time, not a secret
    real = abs(median(first) - median(second))
    every = [*first, *second]
    as_far = 0
    for _round in range(ROUNDS):
        chance.shuffle(every)
        one, other = every[: len(first)], every[len(first) :]
        as_far += abs(median(one) - median(other)) >= real - 1e-12
    return (as_far + 1) / (ROUNDS + 1)


def compared(first: Sequence[float], second: Sequence[float]) -> dict[str, Any]:
    """Medians, their difference, and both statistics; times in milliseconds."""
    u, p_of_ranks = mann_whitney(first, second)
    middle = median([*first, *second])
    difference = median(first) - median(second)
    return {
        "tries of each": [len(first), len(second)],
        "medians_ms": [round(median(first), 3), round(median(second), 3)],
        "difference_of_medians_ms": round(difference, 3),
        "difference_of_medians_percent": round(100 * abs(difference) / middle, 2),
        "mann_whitney_u": u,
        "mann_whitney_p": round(p_of_ranks, 5),
        "permutation_p": round(permuted_medians(first, second), 5),
        "permutations": ROUNDS,
    }
