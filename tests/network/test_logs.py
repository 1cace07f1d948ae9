"""The log says what kind of fault it was and where in the code, and nothing that was sent."""

import logging

import pytest

from network.project.logs import PlacesOnly, WithoutRequests

CANARY = "canary-3b1f.example"


def written(name, error=None):
    record = logging.LogRecord(
        name, logging.ERROR, __file__, 1, "Invalid host %s", (CANARY,), None, "view"
    )
    record.request = CANARY
    record.status_code = 400
    if error:
        record.exc_info = (type(error), error, error.__traceback__)
    WithoutRequests().filter(record)
    assert not hasattr(record, "request")
    return PlacesOnly("%(levelname)s %(name)s: %(message)s").format(record)


def fault():
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    "name", ["django.request", "django.security.DisallowedHost", "daphne.server", "asyncio", "x"]
)
def test_what_a_reader_sent_is_never_written(name):
    text = written(name, fault())
    assert CANARY not in text
    assert "ValueError at" in text
    assert "test_logs.py" in text
    assert "fault" in text


def test_our_own_words_pass_but_the_text_of_an_exception_does_not():
    assert CANARY in written("network.project.worker")
    text = written("network.project.worker", fault()).replace(f"host {CANARY}", "")
    assert CANARY not in text


@pytest.mark.django_db
def test_a_refused_request_writes_nothing(client, caplog):
    client.get("/nothing-here")
    client.get("/", headers={"host": CANARY})
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR and "request" in r.name]
    assert logging.getLogger("django.security.DisallowedHost").getEffectiveLevel() > logging.ERROR
    assert logging.getLogger("django.request").getEffectiveLevel() == logging.ERROR
