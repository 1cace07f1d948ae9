"""The files for proxies and systemd say what the product does."""

import re
from pathlib import Path

from django.conf import settings

from network.project.guards import MAX_BODY
from network.project.listener import CLOSE_SECONDS, DRAIN_SECONDS
from network.project.places import SPARE, Limits
from network.project.server import OTHER_FILES
from network.project.uploading import MAX_API, MAX_DROPPED

DEPLOY = Path(__file__).resolve().parents[2] / "network" / "deploy"
MEGABYTE = 1024 * 1024
FORMS = ("/desk/a/documents/", "/fr/messages/x/", "/es/desk/a/files/logo/")


def numbers(name, pattern):
    return [int(one) for one in re.findall(pattern, (DEPLOY / name).read_text())]


def test_a_proxy_lets_go_of_a_connection_before_the_process_does():
    for name, pattern in (
        ("nginx.conf", r"keepalive_timeout (\d+)s"),
        ("Caddyfile", r"keepalive (\d+)s"),
    ):
        (seconds,) = numbers(name, pattern)
        assert seconds < Limits().idle_seconds, name


def test_a_proxy_takes_what_the_product_takes_and_little_more():
    for name, pattern in (
        ("nginx.conf", r"client_max_body_size (\d+)m"),
        ("Caddyfile", r"max_size (\d+)MB"),
    ):
        forms, api = numbers(name, pattern)
        assert MAX_DROPPED < forms * MEGABYTE < 1.2 * MAX_DROPPED, name
        assert MAX_API < api * MEGABYTE < 1.2 * MAX_API, name
    assert numbers("nginx.conf", r"client_max_body_size (\d+)k") == [MAX_BODY // 1024]
    assert numbers("Caddyfile", r"max_size (\d+)KB") == [64]
    (form,) = re.findall(r"location ~ (\S+)", (DEPLOY / "nginx.conf").read_text())
    assert all(re.match(form, path) for path in FORMS)
    assert not re.match(form, "/api/v1/conversations/")


def test_systemd_waits_until_all_sockets_were_sent_away_and_allows_their_files():
    (seconds,) = numbers("visits@.service", r"TimeoutStopSec=(\d+)")
    assert seconds > DRAIN_SECONDS + 2 * CLOSE_SECONDS
    (files,) = numbers("visits@.service", r"LimitNOFILE=(\d+)")
    assert files >= settings.MAX_CONNECTIONS + SPARE + OTHER_FILES + settings.SOCKETS
