"""Asking for mails about a place or country, and confirming that the address is one's own."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from directory.actions.following.subjects import same_subject, subject_of, with_subjects
from directory.models import Follow
from directory.queries.visiting_state import Subject, digest_of, state_of
from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.links import hash_of
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email

WISH_LIVES = dt.timedelta(days=7)


@transaction.atomic
def ask_to_follow(
    actor: Actor, *, email: str, language: str, subject: Subject, compose: Callable[[str], Letter]
) -> None:
    """Send an address a link that confirms; nothing else goes to it before that.

    The same is done for every address, and nothing is looked up: whoever asks learns neither from
    the answer nor from its time whether the address follows this already. `compose` gets the
    token of the link, of which only a hash is kept.
    """
    token = secrets.token_urlsafe(32)
    with acting(system(Purpose.FOLLOW, via=actor.via)) as mails:
        follow = Follow.objects.create(
            email=normalise_email(email),
            language=language,
            facility=subject.place,
            country=subject.country,
            confirm_hash=hash_of(token),
        )
        send_letter(mails, to=follow.email, language=language, compose=lambda: compose(token))


def open_wish(actor: Actor, *, token: str) -> Follow | None:
    """What a link confirms; nothing where it is unknown, or its 7 days are over.

    A link that was used still shows what it confirmed, until the mails end.
    """
    with acting(system(Purpose.FOLLOW, via=actor.via), is_reading=True):
        return _live(token)


@transaction.atomic
def confirm_follow(actor: Actor, *, token: str) -> Follow | None:
    """Begin to follow what a link confirms; what changed before this moment is not told.

    Twice changes nothing. Where the address follows it already, that goes on, in the language of
    this wish, and the wish is deleted.
    """
    with acting(system(Purpose.FOLLOW, via=actor.via)):
        wish = _live(token)
        if wish is None or wish.confirmed_at is not None:
            return wish
        if (present := _present(wish)) is not None:
            return _merged(wish, present)
        wish.told = state_of(subject_of(wish))
        wish.told_digest = digest_of(wish.told)
        wish.confirmed_at = timezone.now()
        try:
            with transaction.atomic():
                wish.save()
        except IntegrityError:
            # Another link of the same address and subject was confirmed at the same moment.
            present = _present(wish)
            return None if present is None else _merged(wish, present)
        return wish


def _live(token: str) -> Follow | None:
    fresh = Q(confirmed_at__isnull=False) | Q(created_at__gt=timezone.now() - WISH_LIVES)
    return with_subjects().filter(fresh, confirm_hash=hash_of(token)).first()


def _present(wish: Follow) -> Follow | None:
    """The row by which the address of a wish follows its subject already."""
    rows = with_subjects().filter(confirmed_at__isnull=False, email=wish.email)
    return rows.filter(**same_subject(wish)).first()


def _merged(wish: Follow, present: Follow) -> Follow:
    present.language = wish.language
    present.save(update_fields=["language"])
    Follow.objects.filter(pk=wish.pk).delete()
    return present
