"""What every test stands on: the databases, and the cast."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from network.actions.prepare_database import prepare_database
from network.tenancy import Purpose, acting, system
from tests.cast import Cast
from tests.journeys.prepared import drop_database_of_this_run
from tests.kept_cast import KeptCast
from tests.several import committed_rows
from tests.spreading import ByFile, long_ones_first

KEPT = KeptCast()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database, made by the owner and prepared as an operator would prepare it.

    pytest-django sets up only the aliases that tests name. All tests name the serving role, whose
    database is the one that the owner makes: without the owner they would run on the real one.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=set(connections))
        if settings.HAS_OWNER_ROLE:
            prepare_database(
                owner_alias="owner", serving_role=settings.DATABASES["default"]["USER"]
            )
    yield
    with django_db_blocker.unblock():
        for one in connections.all():
            one.close()
            if one.vendor == "postgresql":
                one.close_pool()
                _end_sessions(one)
        teardown_databases(made, verbosity=0)


def _end_sessions(one: Any) -> None:
    """End what a thread of some test has left open, or the database could not be dropped."""
    named = one.get_connection_params()
    kept = {
        key: named[key] for key in ("dbname", "user", "password", "host", "port") if key in named
    }
    with psycopg.connect(**kept, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _plain_static(settings: Any) -> None:
    """Templates name static files without a manifest, which only `collectstatic` makes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def files_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files are kept by tests that do not look at them."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Any, files_dir: Path) -> None:
    """No test leaves files in the data directory of whoever runs it."""
    settings.FILES_DIR = files_dir


@pytest.fixture
def operator(db: None) -> Iterator[Any]:
    """Inside it the operator acts: rows of every organization can be made."""
    with acting(system(Purpose.OPERATOR)) as actor:
        yield actor


@pytest.fixture
def cast(db: None) -> Cast:
    """Amara, Bilal, Edna, Omar, Chiara, Dov, Esi and Farid, with their organizations."""
    with acting(system(Purpose.OPERATOR)) as actor:
        return KEPT.cast(actor)


@pytest.fixture
def committed(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """For tests of several threads: no transaction around the test, see `tests.several`."""
    # A browser of another test may have left its loop in this thread.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with django_db_blocker.unblock(), committed_rows(tmp_path):
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Several processes share the tests as `tests.spreading` says, in the order it gives."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every process."""
    long_ones_first(items)


def pytest_configure() -> None:
    """The folder that `collectstatic` would fill; whitenoise warns where it is missing.

    And a name of the run, which all its processes know.
    """
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("TESTS_RUN", str(os.getpid()))


def pytest_unconfigure() -> None:
    """The first process, which ends last, takes away what the run has shared."""
    if os.environ.get("TESTS_RUN") == str(os.getpid()):
        drop_database_of_this_run()


def pytest_report_header() -> str:
    """Which database and which layer the suite runs on."""
    roles = "two roles" if settings.HAS_OWNER_ROLE else "one role"
    layer = "Redis" if settings.REDIS_URL else "in-memory layer"
    return f"network: {connection.vendor}, {roles}, {layer}"
