import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from network.project import env
from network.project.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("reader", "value", "advice"),
    [
        (env.flag, "yes", "write 1 or 0"),
        (lambda n: env.number(n, 8000, 1, 65535), "http", "from 1 to 65535"),
        (lambda n: env.number(n, 8000, 1, 65535), "65536", "from 1 to 65535"),
        (lambda n: env.number(n, 8000, 1, 65535), "٣", "from 1 to 65535"),
        (lambda n: env.origin(n, ""), "visits.example", "https://visits.example"),
        (lambda n: env.origin(n, ""), "https://visits.example/path", "https://visits.example"),
        (env.postgres, "mysql://a/b", "postgresql://user:password@host"),
        (env.postgres, "postgresql://host", "postgresql://user:password@host"),
        (env.postgres, "postgresql://host:99999999/x", "postgresql://user"),
        (env.redis, "localhost:6379", "redis://localhost"),
    ],
)
def test_an_odd_value_stops_the_start_with_one_line(monkeypatch, reader, value, advice):
    monkeypatch.setenv("NV_TEST", value)
    with pytest.raises(SystemExit) as stopped:
        reader("NV_TEST")
    line = str(stopped.value)
    assert line.startswith("NV_TEST: ")
    assert advice in line
    assert "\n" not in line


def test_a_secret_can_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("NV_TEST_FILE", str(tmp_path / "key"))
    assert env.text("NV_TEST") == "from the file"
    monkeypatch.setenv("NV_TEST", "too")
    with pytest.raises(SystemExit, match="not both"):
        env.text("NV_TEST")


def test_a_file_that_cannot_be_read_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("NV_TEST_FILE", str(tmp_path / "missing"))
    with pytest.raises(SystemExit, match="NV_TEST_FILE"):
        env.text("NV_TEST")


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("NV_TEST", "postgresql://us%40er:p%2Fw@db.example:6000/visits")
    parts = env.postgres("NV_TEST")
    assert parts["USER"] == "us@er"
    assert parts["PASSWORD"] == "p/w"
    assert (parts["HOST"], parts["PORT"], parts["NAME"]) == ("db.example", "6000", "visits")


def test_words_lose_their_blanks(monkeypatch):
    monkeypatch.setenv("NV_TEST", " a, ,b ,")
    assert env.words("NV_TEST") == ["a", "b"]


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    key = secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert secret_key(tmp_path / "data") == key
    assert secret_key(tmp_path / "other") != key
    mode = stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode)
    assert mode == 0o600


ASKED = """
import django
django.setup()
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
for origin in ("https://visits.example", "https://others.example", "http://visits.example:81"):
    request = RequestFactory().post("/", HTTP_HOST="visits.example", HTTP_ORIGIN=origin)
    print(CsrfViewMiddleware(lambda one: None)._origin_verified(request))
"""


def test_a_form_of_the_public_origin_is_ours_behind_a_proxy_that_ends_tls(tmp_path):
    """The request comes by http; whoever filled the form in was on a page of https."""
    variables = {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "network.project.settings",
        "PUBLIC_ORIGIN": "https://visits.example",
        "ALLOWED_HOSTS": "visits.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["True", "False", "False"], done.stderr
