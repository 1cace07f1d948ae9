"""Feeds: what changed last, for readers of feeds and for other sites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.queries.latest import latest_listings
from directory.queries.listing_filters import listings_matching
from frontend.access_feed import access_feed
from frontend.feeds import ENTRIES, ProgramFeed, program_feed
from frontend.forms.access_feed_form import AccessFeedForm
from frontend.forms.feed_form import FeedForm
from frontend.templatetags.atlas import colon


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """The programs that changed last among those that fit; 400 in plain words for nonsense."""
    form = FeedForm(request.GET)
    if not form.is_valid():
        return _refused(form)
    found = listings_matching(form.wanted(), timezone.localdate())
    feed = program_feed(form, latest_listings(found, ENTRIES))
    return HttpResponse(feed.writeString("utf-8"), content_type=ProgramFeed.content_type)


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """What was said last about visits at a place or in a country; 400 for nonsense."""
    form = AccessFeedForm(request.GET)
    if not form.is_valid():
        return _refused(form)
    feed = access_feed(form.subject)
    return HttpResponse(feed.writeString("utf-8"), content_type=ProgramFeed.content_type)


def _refused(form: FeedForm) -> HttpResponse:
    lines = (f"{label}{colon()}{text}\n" for _id, label, text in form.shown_errors)
    return HttpResponse("".join(lines), status=400, content_type="text/plain; charset=utf-8")
