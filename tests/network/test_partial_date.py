import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from network.fields import PartialDate, PartialDateField

DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31))


@given(DAYS, st.sampled_from(["year", "month", "day"]))
def test_text_form_comes_back(day, precision):
    parts = {"year": 1, "month": 2, "day": 3}[precision]
    text = "-".join(day.isoformat().split("-")[:parts])
    parsed = PartialDate.parse(text)
    assert str(parsed) == text
    assert parsed.precision == precision


def test_nothing_is_filled_in():
    year = PartialDate.parse("2021")
    assert (year.month, year.day) == (None, None)
    assert str(year) == "2021"
    assert year != PartialDate.parse("2021-01-01")


@given(st.lists(st.tuples(DAYS, st.integers(1, 3)), min_size=2, max_size=6))
def test_order_is_the_order_of_the_texts(values):
    texts = ["-".join(day.isoformat().split("-")[:parts]) for day, parts in values]
    assert [str(d) for d in sorted(PartialDate.parse(t) for t in texts)] == sorted(texts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-4",
        "2021-13",
        "2021-02-30",
        "2021-00",
        "20210426",
        "2021-04-26T10:00",
        "٢٠٢١",
        " 2021",
        "2021\n",
        "1799",
        "2200",
        "2021/04",
        "26-04-2021",
        "-2021",
    ],
)
def test_everything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_field_says_what_to_write():
    field = PartialDateField()
    with pytest.raises(ValidationError, match="2021-04-26"):
        field.to_python("April 2021")
    assert field.to_python("") is None
    assert field.get_prep_value("2021-04") == "2021-04"


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2021, None, 4)
