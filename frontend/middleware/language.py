"""The language of a page: in its address, or agreed with the browser; never in a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from frontend.addresses import is_twinned, split_language


def negotiated(header: str) -> str:
    """The first language of an `Accept-Language` header that this node has, else its own."""
    for wanted, _weight in parse_accept_lang_header(header):
        if wanted == "*":
            break
        try:
            return translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class Language:
    """Answers `/{language}/...` in that language and every other address in the browser's.

    The prefix is taken off before the address is looked up and put before every address that the
    page names, so that one table of addresses serves all languages and a reader who chose one
    stays in it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in its language, saying which it is and whether the browser's word counted.

        The language and the prefix hold for this request alone.
        """
        named, rest = split_language(request.path_info)
        code = named or negotiated(request.headers.get("Accept-Language", ""))
        prefix = get_script_prefix()
        request.path_info = rest
        setattr(request, "has_named_language", named is not None)  # noqa: B010 - not Django's
        try:
            if named:
                set_script_prefix(f"/{named}/")
            with translation.override(code):
                response = self.get_response(request)
        finally:
            set_script_prefix(prefix)
        if is_twinned(rest):
            response.headers.setdefault("Content-Language", code)
            if named is None:
                patch_vary_headers(response, ["Accept-Language"])
        return response
