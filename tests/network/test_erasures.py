"""The list of what must stay gone: whole lines, no content, copies put together."""

import datetime as dt
import stat

import pytest

from network import erasures
from network.erasures import Erased, Line

DAY = dt.date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def line(key, state="gone", day=DAY, kind="program"):
    return Line(day, kind, key, state)


def test_it_is_for_its_owner_alone_and_a_torn_line_harms_no_other():
    erasures.append([line("a")])
    with erasures.path().open("a") as file:
        file.write("2026-03-04 prog")
    erasures.append([line("b")])
    assert erasures.known() == [line("a"), line("b")]
    assert stat.S_IMODE(erasures.path().stat().st_mode) == 0o600


def test_the_last_line_on_a_key_counts():
    states = erasures.last_states([line("a"), line("a", "back"), line("b", "back"), line("b")])
    found = {key: one.state for key, one in states[Erased.PROGRAM].items()}
    assert found == {"a": "back", "b": "gone"}


def test_copies_that_grew_apart_are_put_together_by_days():
    later = DAY + dt.timedelta(days=1)
    shared = [line("a"), line("a", "back")]
    one, other = [*shared, line("c", day=later)], [*shared, line("b")]
    assert erasures.merged([one, other]) == [*shared, line("b"), line("c", day=later)]
    assert erasures.merged([shared, one]) == one
    assert erasures.merged([one, shared, []]) == one


@pytest.mark.django_db
def test_nothing_is_written_before_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasures.erase(Erased.PERSON, "0" * 32)
        assert erasures.known() == []
    assert [str(one.kind) for one in erasures.known()] == ["person"]
