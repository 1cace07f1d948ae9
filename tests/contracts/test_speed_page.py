"""The page on speed says what was measured."""

import json

import pytest

from tests.benchmarks import _speed_page
from tests.benchmarks._result import RESULTS


def test_the_figures_of_the_page_are_those_of_the_results():
    page = _speed_page.PAGE.read_text(encoding="utf-8")
    assert page == _speed_page.page_with(_speed_page.figures())


@pytest.mark.parametrize("name", _speed_page.PROOFS)
def test_the_page_tells_of_every_bar_whether_it_is_reached(name):
    page = _speed_page.PAGE.read_text(encoding="utf-8")
    bars = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))["bars"]
    assert bars
    for bar, is_reached in bars.items():
        assert f"| {bar} | {'reached' if is_reached else '**not reached**'} |" in page
