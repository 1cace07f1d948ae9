"""What pages of messages say of people, hours and what waits."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from frontend.desk.page import Desk
from frontend.templatetags.atlas import page_locale
from messaging.models import Handle
from messaging.queries.events import MessageRow
from messaging.queries.inbox import InboxRow, unread_totals
from network.enums import OrganizationStatus

register = template.Library()


def handle_words(number: int | None, group: str, shown_name: str = "") -> SafeString:
    """Who somebody is to others: the name they show, their number and their group."""
    if number is None:
        return format_html("{}", _("Somebody who is gone"))
    words = _("Organizer {number}").format(number=number)
    group = group or _("a group that is gone")
    if shown_name:
        return format_html(
            '<bdi>{}</bdi> <span class="quiet">{}, <bdi>{}</bdi></span>', shown_name, words, group
        )
    return format_html("{}{}<bdi>{}</bdi>", words, pgettext("between items", ", "), group)


@register.filter
def handle_name(handle: Handle | None) -> SafeString:
    """The same of a handle."""
    if handle is None:
        return handle_words(None, "")
    return handle_words(handle.number, handle.party.name, handle.shown_name)


@register.filter
def writer(message: MessageRow) -> SafeString:
    """Who wrote a message; oneself where it is one's own."""
    if message.is_mine:
        return format_html("{}", pgettext("who wrote a message", "You"))
    return handle_words(message.number, message.organization_name, message.shown_name)


@register.filter
def conversation_name(row: InboxRow) -> SafeString:
    """What a conversation is called: its topic, else its groups."""
    if row.topic:
        return format_html('<bdi dir="auto">{}</bdi>', row.topic)
    names = [one.name for one in row.parties if one.name]
    if not names:
        return format_html("{}", _("A conversation without a name"))
    joined = pgettext("between items", ", ").join(names)
    return format_html('<bdi dir="auto">{}</bdi>', joined)


@register.filter
def clock(value: dt.datetime, zone: str = "UTC") -> str:
    """An hour of the day in somebody's time zone, as the page's language writes it."""
    return str(format_time(value, "short", tzinfo=ZoneInfo(zone), locale=page_locale()))


@register.filter
def when(value: dt.datetime, zone: str = "UTC") -> str:
    """The hour of something today, the day of something earlier."""
    place = ZoneInfo(zone)
    if value.astimezone(place).date() == timezone.now().astimezone(place).date():
        return clock(value, zone)
    return str(format_date(value.astimezone(place).date(), "medium", locale=page_locale()))


@register.simple_tag
def unread_badge(desk: Desk) -> tuple[int, int]:
    """How many conversations hold something unread, and how many mention one. One query."""
    is_verified = desk.organization.status == OrganizationStatus.VERIFIED
    if desk.support is not None or not is_verified or not desk.may["message_read"]:
        return (0, 0)
    return unread_totals(desk.actor)


@register.filter
def in_zone(value: dt.datetime, zone: str = "UTC") -> str:
    """Day and hour in somebody's time zone, as the page's language writes them."""
    place = ZoneInfo(zone)
    return str(format_datetime(value, "long", tzinfo=place, locale=page_locale()))
