"""Addresses of the pages on which mails are asked for, confirmed and ended."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from directory.queries.visiting_state import Subject
from frontend.addresses import address_of, split_language, twin


def path_to(name: str, *args: str) -> str:
    """The path of a page in the present language, whatever the request's address says."""
    bare = split_language(reverse(f"follow:{name}", args=args))[1]
    return twin(get_language() or settings.LANGUAGE_CODE, bare)


def asking_path(subject: Subject) -> str:
    """Where mails about a place or country are asked for, from its page."""
    return f"{path_to('follow')}?{query_of(subject)}"


def query_of(subject: Subject) -> str:
    """The parameter that names a place or country."""
    if subject.place is not None:
        return urlencode({"facility": subject.place.slug})
    return urlencode({"country": subject.land.iso2})


def page_of(subject: Subject) -> str:
    """The whole address of the public page of a place or country."""
    if subject.place is not None:
        return address_of("facility", subject.place.slug)
    return address_of("country", subject.land.iso2)


def confirm_address(token: str) -> str:
    """The whole address of the page that confirms, in the present language."""
    return settings.PUBLIC_ORIGIN + path_to("confirm", token)


def end_address(token: str) -> str:
    """The whole address of the page that ends mails, in the present language."""
    return settings.PUBLIC_ORIGIN + path_to("end", token)


def one_click_address(token: str) -> str:
    """The same without a language, for programs: the same in every mail of one follower."""
    return settings.PUBLIC_ORIGIN + split_language(reverse("follow:end", args=[token]))[1]
