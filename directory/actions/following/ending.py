"""Ending mails: by the link that stands in each of them."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.core import signing
from django.db import transaction

from directory.actions.following.subjects import same_subject, with_subjects
from directory.models import Follow
from network.actions.mail import drop_mails
from network.erasures import Erased, erase
from network.tenancy import Actor, Purpose, acting, system

_SALT = "directory.follow.end"


def end_token(follow: Follow) -> str:
    """What a link that ends these mails carries: the row's id, signed with the node's key.

    Nothing is kept for it, so every mail has a link that works for as long as the row is there.
    """
    name = base64.urlsafe_b64encode(follow.pk.bytes).decode().rstrip("=")
    return _signer().sign(name)


def open_end(actor: Actor, *, token: str) -> Follow | None:
    """The mails that a link ends; nothing where they ended, or the link is none of ours."""
    pk = _read(token)
    if pk is None:
        return None
    with acting(system(Purpose.FOLLOW, via=actor.via), is_reading=True):
        return with_subjects().filter(pk=pk).first()


@transaction.atomic
def end_follow(actor: Actor, *, token: str, link: str) -> bool:
    """Forget an address for one subject, at once and whole; whether there was anything to forget.

    Wishes of the same address for the same subject go, too, and so do mails that carry `link` as
    the way to end them and have not been sent. Twice changes nothing.
    """
    follow = open_end(actor, token=token)
    if follow is None:
        return False
    drop_mails(system(Purpose.MAIL, via=actor.via), to=follow.email, unsubscribe=link)
    with acting(system(Purpose.FOLLOW, via=actor.via)):
        ended = Follow.objects.filter(email=follow.email, **same_subject(follow))
        for pk in ended.values_list("pk", flat=True):
            erase(Erased.FOLLOW, pk)
        ended.delete()
    return True


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")


def _read(token: str) -> UUID | None:
    try:
        name = _signer().unsign(token)
        return UUID(bytes=base64.urlsafe_b64decode(name + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
