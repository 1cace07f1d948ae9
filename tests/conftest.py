"""What every test stands on: the databases, and the cast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from network.actions.prepare_database import prepare_database
from network.tenancy import Purpose, acting, system
from tests.cast import Cast, make_cast


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
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _plain_static(settings: Any) -> None:
    """Templates name static files without a manifest, which only `collectstatic` makes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def operator(db: None) -> Iterator[Any]:
    """Inside it the operator acts: rows of every organization can be made."""
    with acting(system(Purpose.OPERATOR)) as actor:
        yield actor


@pytest.fixture
def cast(db: None) -> Cast:
    """Amara, Bilal, Edna, Omar, Chiara, Dov, Esi and Farid, with their organizations."""
    with acting(system(Purpose.OPERATOR)) as actor:
        return make_cast(actor)


def pytest_configure() -> None:
    """The folder that `collectstatic` would fill; whitenoise warns where it is missing."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_report_header() -> str:
    """Which database and which layer the suite runs on."""
    roles = "two roles" if settings.HAS_OWNER_ROLE else "one role"
    layer = "Redis" if settings.REDIS_URL else "in-memory layer"
    return f"network: {connection.vendor}, {roles}, {layer}"
