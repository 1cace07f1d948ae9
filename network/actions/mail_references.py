"""The number of a mail, by which a bounce is known to be of a mail that was really sent.

Nothing is kept of it: the number holds a keyed digest of the address it went to, and whose it is
is found by trying every account. Who cannot compute it cannot mark anybody.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from network.models import OutgoingMail, Person

# Relays try for five days; whoever pipes bounces in may be a while behind.
LIVES = dt.timedelta(days=14)
_FORM = re.compile(r"<([0-9a-f]{32})\.([0-9]{6,7})\.([0-9a-f]{32})@")


def message_id(mail: OutgoingMail) -> str:
    """The `Message-ID` of a mail: the same each time it is sent, and another for each mail."""
    number, day = mail.pk.hex, str(timezone.localdate(mail.created_at).toordinal())
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost"
    return f"<{number}.{day}.{_digest(number, day, mail.to)}@{host}>"


def addressee(message_ids: Iterable[str]) -> UUID | None:
    """The active account to whose present address one of these mails went within 14 days.

    In the scope of the operator, who alone reads addresses. One query, then a digest for each
    account; nothing for a number that was made up, is older, or whose address was changed since.
    """
    living = [found for text in message_ids if (found := _FORM.search(text)) and _is_recent(found)]
    if not living:
        return None
    people = Person.objects.filter(is_active=True).order_by("id").values_list("pk", "email")
    for pk, email in people.iterator():
        for number, day, digest in (found.groups() for found in living):
            if constant_time_compare(_digest(number, day, email), digest):
                return pk
    return None


def _is_recent(found: re.Match[str]) -> bool:
    age = timezone.localdate().toordinal() - int(found[2])
    return -1 <= age <= LIVES.days


def _digest(number: str, day: str, email: str) -> str:
    text = f"{number}.{day}.{email.lower()}"
    return salted_hmac("network.mail.reference", text, algorithm="sha256").hexdigest()[:32]
