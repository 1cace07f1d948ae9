"""A Django with nothing in it behind the product's own Daphne: the bare limit of the proofs."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    DATA_DIR=None,
    HAS_OWNER_ROLE=False,
    LOGGING_CONFIG=None,
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="bare",
    USE_TZ=True,
)


def bare(_request: HttpRequest) -> HttpResponse:
    """Four letters."""
    return HttpResponse(b"bare")


urlpatterns = [path("bare/", bare)]

if __name__ == "__main__":
    import django

    django.setup()
    from django.core.asgi import get_asgi_application

    from network.project.listener import listener

    listener(
        get_asgi_application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        when_ready=lambda: None,
    ).run()
