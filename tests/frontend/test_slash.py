"""An address without its last slash leads to the page."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/about", "/about/"),
        ("/programs?country=GB", "/programs/?country=GB"),
        ("/en/about", "/en/about/"),
        ("/ar", "/ar/"),
        ("/docs/people/claim-or-remove", "/docs/people/claim-or-remove/"),
    ],
)
def test_it_leads_to_the_page(client, written, meant):
    answer = client.get(written)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize("path", ["/nothing", "/about/nothing", "/xx/about", "/admin"])
def test_nothing_with_or_without_a_slash_is_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/about", "///evil.example", "/\\evil.example"])
def test_it_never_leads_to_another_host(client, path):
    answer = client.get(path)
    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
