"""Reading a long list page by page, there and back, and refusing what is no cursor."""

import base64
import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Facility
from directory.queries.cursor import BadCursorError, Cursor, decode_cursor, page_of
from network.tenancy import Purpose, acting, system
from tests.factories import make_facility


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(st.text(min_size=1, max_size=200), st.sampled_from(["after", "before"]))
def test_a_cursor_says_the_same_after_its_journey(name, direction):
    cursor = Cursor("programs", direction, name, "a-slug")
    if "\0" in name or "\ufffd" in name or any(0xD800 <= ord(c) <= 0xDFFF for c in name):
        return
    assert decode_cursor(cursor.encode(), "programs") == cursor


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "%%%",
        "é",
        "A" * 5000,
        "../../etc",
        packed({"a": 1}),
        packed([]),
        packed(["programs", "after", "name"]),
        packed(["programs", "after", "name", 3]),
        packed(["programs", "sideways", "name", "slug"]),
        packed(["facilities", "after", "name", "slug"]),
        packed(["programs", "after", "", "slug"]),
        packed(["programs", "after", "n\0", "slug"]),
        packed(["programs", "after", "n" * 401, "slug"]),
        packed([[[[[]]]]]),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_what_is_no_cursor_of_this_list_is_refused(text):
    with pytest.raises(BadCursorError):
        decode_cursor(text, "programs")


@given(st.text(max_size=300))
def test_any_text_is_a_cursor_or_refused(text):
    with contextlib.suppress(BadCursorError):
        assert isinstance(decode_cursor(text, "programs"), Cursor)


@pytest.mark.django_db
def test_pages_lead_there_and_back(django_assert_num_queries):
    """Names repeat, so that only name and slug together give the order."""
    for number in range(11):
        make_facility(name=f"House {number // 3}", slug=f"house-{number:02}")
    rows = Facility.objects.all()
    seen, cursor, pages = [], None, []
    while True:
        with django_assert_num_queries(1):
            page = page_of(rows, "facilities", cursor, size=4)
        pages.append([row.slug for row in page.rows])
        seen += pages[-1]
        if not page.next:
            break
        cursor = decode_cursor(page.next, "facilities")
    assert seen == [f"house-{number:02}" for number in range(11)]
    assert [len(one) for one in pages] == [4, 4, 3]
    back = page_of(rows, "facilities", decode_cursor(page.previous, "facilities"), size=4)
    assert [row.slug for row in back.rows] == pages[1]
    first = page_of(rows, "facilities", decode_cursor(back.previous, "facilities"), size=4)
    assert [row.slug for row in first.rows] == pages[0]
    assert first.previous == ""
    assert decode_cursor(first.next, "facilities").slug == pages[0][-1]


@pytest.mark.django_db
def test_a_row_that_went_away_does_not_break_the_list():
    for number in range(3):
        make_facility(name=f"House {number}", slug=f"house-{number}")
    cursor = Cursor("facilities", "after", "House 0", "house-0")
    with acting(system(Purpose.IMPORT)):
        Facility.objects.get(slug="house-0").delete()
    rows = page_of(Facility.objects.all(), "facilities", cursor, size=4).rows
    assert [row.slug for row in rows] == ["house-1", "house-2"]
