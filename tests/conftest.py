"""What every test stands on: the databases, and the cast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from network.actions.prepare_database import prepare_database
from network.tenancy import Purpose, acting, system
from tests.cast import Cast, make_cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """With two roles, the test database is prepared as an operator would prepare it."""
    if settings.HAS_OWNER_ROLE:
        with django_db_blocker.unblock():
            prepare_database(
                owner_alias="owner", serving_role=settings.DATABASES["default"]["USER"]
            )


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
