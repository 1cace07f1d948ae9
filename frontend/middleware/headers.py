"""Two headers that neither Django nor django-csp sets, on every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontend.addresses import is_shared

# What no page of this site may ask of a browser, not even of itself.
_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _FEATURES)


class Headers:
    """Turns every browser feature off and keeps every answer to this origin.

    A view that must differ sets the header itself. What is shared is marked here, since 304
    carries none of the headers of a view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with both headers, and a third where it is shared."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        reach = "same-origin"
        if request.method in ("GET", "HEAD") and is_shared(request.path_info):
            response.headers["Access-Control-Allow-Origin"] = "*"
            reach = "cross-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", reach)
        return response
