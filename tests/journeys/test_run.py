"""What `make run` starts, seen from outside."""

import json
import os
import re
import resource
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.journeys.prepared import served_copy
from tests.journeys.site import ROOT, own_database, running


def test_the_site_is_there_with_the_sample_data(site):
    home = site.get("/")
    assert home.status == 200
    # 158 in the sample; other journeys of the same site publish some and take others off.
    assert any(140 <= int(number) <= 180 for number in re.findall(r"\b\d{3}\b", home.text))
    read = json.loads(site.get("/api/v1/programs/?claim=unclaimed&page_size=100").body)
    assert len(read["results"]) == 100
    assert site.get("/healthz").status == 200
    assert json.loads(site.get("/readyz").body) == {
        "database": "ok",
        "layer": "ok",
        "worker": "ok",
    }


def test_no_answer_says_what_serves_it(site):
    for path in ("/", "/healthz", "/nothing-here", "/%00"):
        assert "server" not in site.get(path).headers


def test_a_second_start_keeps_the_data_and_ctrl_c_ends_it(tmp_path):
    data_dir = tmp_path / "var"
    with own_database("journey_again") as databases:
        with running(data_dir, **databases) as first:
            kept = first.command("suppress_listing", "gb-scottish-detainee-visitors", "--json")
            assert kept.returncode == 0, kept.stderr
            assert "Loading the names of towns" in first.output.read_text()
            assert first.interrupt() == 0
        with running(data_dir, **databases) as second:
            assert second.get("/programs/gb-scottish-detainee-visitors/").status == 404
            assert second.get("/programs/").status == 200
            assert second.output.read_text().count("Loading the names of towns") == 1
            assert (data_dir / "secret_key").stat().st_mode & 0o777 == 0o600
            assert second.interrupt() == 0


def test_without_redis_a_second_server_is_refused_and_commands_are_not(tmp_path_factory):
    with served_copy(tmp_path_factory, "lock", REDIS_URL="") as site:
        refused = site.command("serve", "--port", str(site.port + 1))
        assert refused.returncode == 1
        assert "Another process serves" in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
        assert site.command("purge", "--json").returncode == 0


def test_check_node_refuses_to_serve_the_public_as_the_demo_is(site):
    answer = site.command("check_node", "--json")
    found = json.loads(answer.stdout)
    ids = {message["id"] for message in found["messages"]}
    assert answer.returncode == 1
    assert not found["fit"]
    assert "node.E002" in ids
    assert ("node.E005" in ids) == ("DATABASE_OWNER_URL" not in site.environment)
    assert "node.E009" not in ids


@pytest.mark.parametrize("left", ["nothing", "those of a version before"])
def test_static_files_that_were_not_collected_are_one_clear_line(site, tmp_path, left):
    beside = replace(site, environment={**site.environment, "DATA_DIR": str(tmp_path / "other")})
    if left != "nothing":
        assert beside.command("collectstatic", "--noinput").returncode == 0
        list_of_names = tmp_path / "other" / "static" / "staticfiles.json"
        names = json.loads(list_of_names.read_text())
        del names["paths"]["frontend/css/base.css"]
        list_of_names.write_text(json.dumps(names))
    refused = beside.command("serve", "--port", str(site.port + 1), "--no-worker")
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("Run: manage.py collectstatic --noinput")
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("setting", "value", "files", "advice"),
    [
        ("MAX_CONNECTIONS", "many", "600:2000", "write a whole number from 1 to 65535"),
        ("MAX_CONNECTIONS_PER_ADDRESS", "-1", "600:2000", "a whole number from 0 to 65535"),
        ("MAX_CONNECTIONS", "512", "600:600", "600 allowed. Write a smaller number"),
        ("MAX_CONNECTIONS", "100", "600:600", "Run: manage.py collectstatic"),
        ("MAX_CONNECTIONS", "512", "600:2000", "Run: manage.py collectstatic"),
    ],
)
def test_caps_that_cannot_be_are_one_clear_line(tmp_path, setting, value, files, advice):
    soft, hard = map(int, files.split(":"))
    refused = subprocess.run(
        [sys.executable, "manage.py", "serve", "--no-worker"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path), setting: value},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 1
    assert advice in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_port_in_use_is_one_clear_line(site, tmp_path):
    elsewhere = {"DATA_DIR": str(tmp_path / "other")}
    site_environment, site.environment = site.environment, {**site.environment, **elsewhere}
    try:
        assert site.command("collectstatic", "--noinput").returncode == 0
        refused = site.command("serve", "--port", str(site.port), "--no-worker")
    finally:
        site.environment = site_environment
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("Choose another: PORT=9000.")
