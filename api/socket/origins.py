"""From which pages a socket may be opened: those of this site, by scheme, host and port."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def own_origins(host: str) -> set[str]:
    """The origins of this site for who asked for this host: the public one, and this address."""
    name, _port = split_domain_port(host)
    found = {settings.PUBLIC_ORIGIN}
    if name and validate_host(name, settings.ALLOWED_HOSTS):
        found.add(f"{urlsplit(settings.PUBLIC_ORIGIN).scheme}://{host.lower()}")
    return found


def socket_address(host: str) -> str:
    """Where the socket is for who asked for this host."""
    scheme, _, place = settings.PUBLIC_ORIGIN.partition("://")
    name, _port = split_domain_port(host)
    is_ours = bool(name) and validate_host(name, settings.ALLOWED_HOSTS)
    safe = "wss" if scheme == "https" else "ws"
    return f"{safe}://{host.lower() if is_ours else place}/ws/v1/"
