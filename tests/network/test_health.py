import datetime as dt

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from network.actions.jobs import finish_job
from network.project.checks import TAG
from network.project.worker import HEARTBEAT, one_round
from tests.directory.towns import load_towns
from tests.factories import make_country

pytestmark = pytest.mark.django_db


def beat(age):
    finish_job(HEARTBEAT, started=timezone.now(), result={})
    from network.models import Job

    Job.objects.filter(name=HEARTBEAT).update(finished_at=timezone.now() - age)


def test_the_process_answers(client):
    assert client.get("/healthz").status_code == 200


def test_not_ready_before_the_worker_was_seen(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "layer": "ok", "worker": "never seen"}


@pytest.mark.parametrize(
    ("age", "status", "worker"),
    [(dt.timedelta(seconds=80), 200, "ok"), (dt.timedelta(seconds=100), 503, "silent")],
)
def test_ready_while_the_worker_is_heard(client, age, status, worker):
    beat(age)
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert answer.json()["worker"] == worker
    assert answer["Cache-Control"] == "no-store"


def test_a_layer_that_cannot_be_reached_is_said(client, settings):
    from channels.layers import channel_layers

    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "network.project.layer.Layer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
        }
    }
    beat(dt.timedelta())
    assert channel_layers is not None
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["layer"] == "unreachable"


def ids():
    return {m.id for m in run_checks(tags=[TAG], include_deployment_checks=True)}


def test_a_round_of_the_worker_purges_once_a_day_and_leaves_a_heartbeat():
    from network.models import Job

    assert "node.E009" in ids()
    one_round()
    assert "node.E009" not in ids()
    first = Job.objects.get(name="purge").finished_at
    one_round()
    assert Job.objects.get(name="purge").finished_at == first
    Job.objects.filter(name="purge").update(finished_at=first - dt.timedelta(hours=27))
    assert "node.E009" in ids()
    one_round()
    assert Job.objects.get(name="purge").finished_at > first


def test_check_node_names_each_danger(settings):
    settings.DEBUG = True
    settings.IS_HTTPS = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECRET_KEY = "short"
    settings.NODE_NAME = ""
    found = ids()
    assert {"node.E001", "node.E002", "node.E003", "node.E004", "node.W001"} <= found
    settings.DEBUG = False
    settings.IS_HTTPS = True
    settings.ALLOWED_HOSTS = ["visits.example"]
    settings.SECRET_KEY = "k" * 64
    settings.NODE_NAME = settings.NODE_CONTACT = "Example"
    assert not ids() & {"node.E001", "node.E002", "node.E003", "node.E004", "node.W001"}


def test_check_node_wants_two_roles(settings):
    from django.conf import settings as real

    assert ("node.E005" in ids()) == (not real.HAS_OWNER_ROLE)
    assert not ids() & {"node.E006", "node.E007"}


def test_check_node_warns_where_the_towns_were_never_loaded():
    assert "node.W002" in ids()
    load_towns()
    assert "node.W002" not in ids()


def test_check_node_warns_where_no_country_is_known():
    assert "node.W003" in ids()
    make_country("GB")
    assert "node.W003" not in ids()
