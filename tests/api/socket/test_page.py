"""The page of the protocol says what the frames say."""

from pathlib import Path

from api.socket.described import tables

PAGE = Path(__file__).parents[3] / "frontend" / "docs" / "developers" / "socket.md"
MARK = "<!-- made from the frames -->"


def test_the_tables_of_the_page_are_those_of_the_frames():
    _before, _mark, after = PAGE.read_text().partition(MARK)
    assert after.strip() == tables().strip(), "put what `api.socket.described.tables()` says here"
