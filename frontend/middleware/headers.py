"""Two headers that neither Django nor django-csp sets, on every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontend.addresses import is_shared, split_language

# What no page of this site may ask of a browser, not even of itself, but for two on one path.
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
# Passkeys are made and used on the pages of accounts, and by them alone.
_OF_ACCOUNTS = frozenset({"publickey-credentials-create", "publickey-credentials-get"})
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _FEATURES)
ACCOUNT_POLICY = ", ".join(
    f"{feature}=({'self' if feature in _OF_ACCOUNTS else ''})" for feature in _FEATURES
)

# What is never a document has no use for a policy of documents; a page loads ten of them.
_NO_DOCUMENTS = ("text/css", "text/javascript", "image/png", "image/jpeg", "image/webp")


class Headers:
    """Turns every browser feature off in documents and keeps every answer to this origin.

    A view that must differ sets the header itself. What is shared is marked here, since 304
    carries none of the headers of a view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with both headers, and a third where it is shared."""
        response = self.get_response(request)
        if not response.headers.get("Content-Type", "").startswith(_NO_DOCUMENTS):
            is_account = split_language(request.path_info)[1].startswith("/account/")
            policy = ACCOUNT_POLICY if is_account else PERMISSIONS_POLICY
            response.headers.setdefault("Permissions-Policy", policy)
        reach = "same-origin"
        if request.method in ("GET", "HEAD") and is_shared(request.path_info):
            response.headers["Access-Control-Allow-Origin"] = "*"
            reach = "cross-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", reach)
        return response
