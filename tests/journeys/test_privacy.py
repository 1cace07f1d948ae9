"""After a walk over all pages, nothing that marks the reader is in anything the server wrote."""

from tests.journeys.pages import ERRORS, PAGES

ADDRESS = "127.77.66.55"
AGENT = "canary-agent-7f3a"
REFERRER = "https://canary-referrer-9c2b.example/page"
FORWARDED = "203.0.113.199"
QUERY = "canaryquery5d1e"
HOST = "canary-host-2e7d.example"
CANARIES = (HOST, ADDRESS, AGENT, "canary-referrer-9c2b", FORWARDED, QUERY)

HEADERS = {
    "User-Agent": AGENT,
    "Referer": REFERRER,
    "X-Forwarded-For": FORWARDED,
    "X-Real-IP": FORWARDED,
    "Forwarded": f"for={FORWARDED}",
    "Cookie": f"session={AGENT}",
}
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": AGENT,
}
HOSTILE = ("/%00", "/programs/?q=%00", "/programs/?q=%ED%A0%80", f"/{QUERY}", "/../../etc/passwd")


def test_nothing_of_the_reader_is_written(site):
    statuses = []
    for path in (*PAGES, *(path for path, _ in ERRORS), *HOSTILE):
        mark = "&" if "?" in path else "?"
        answer = site.get(f"{path}{mark}utm={QUERY}", HEADERS, source=ADDRESS)
        statuses.append(answer.status)
        assert "set-cookie" not in answer.headers
    refused = site.get("/programs/", {**HEADERS, "Host": HOST}, source=ADDRESS)
    assert refused.status == 400
    for path in ("/", "/programs/", "/ws/v1/"):
        handshake = site.get(path, {**HEADERS, **HANDSHAKE}, source=ADDRESS)
        assert handshake.status == 403
    posted = site.get("/programs/", HEADERS, source=ADDRESS, method="POST")
    assert posted.status == 405
    assert 500 not in statuses

    searched = [site.output, *(p for p in site.data_dir.rglob("*") if p.is_file())]
    assert any(p.name == "secret_key" for p in searched)
    for path in searched:
        content = path.read_bytes()
        for canary in CANARIES:
            assert canary.encode() not in content, f"{canary} in {path.name}"


def test_the_walk_would_find_what_is_written(site):
    """The search itself works: what the server does write is found."""
    assert b"The site is at" in site.output.read_bytes()
