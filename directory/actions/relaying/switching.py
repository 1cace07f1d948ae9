"""Switching the relay of a program on and off, and confirming where its notes go."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.audit import record_program
from directory.actions.programs.forgetting import forget_relay
from directory.actions.relaying.showing import hide_relay, hold_relay
from directory.models import Program, Relay
from directory.queries.relays import relay_by_token
from network.actions.letters import Letter, isolated
from network.actions.mail import send_letter
from network.actions.notices import tell_members
from network.enums import Role
from network.erasures import Erased, erase
from network.links import hash_of
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email, validate_plain_text

# Nobody's box is filled with mails that they did not ask for.
AGAIN_AFTER = dt.timedelta(minutes=5)


@transaction.atomic
def switch_on_relay(actor: Actor, *, program: Program, email: str, language: str) -> Relay:
    """Let readers write to a program at this address, once its owner has confirmed it.

    A mail with a link goes there; until its button is pressed nothing else does, and an address
    from before gets nothing either. Then the form of a public entry waits as a new contact does,
    see `directory.actions.programs.holding`. `language` is the one in which notes are introduced.
    The same again changes nothing and sends nothing.

    Raises:
        Refused: the actor may not publish this program.
        ValidationError: by field; `soon` where a mail went out less than 5 minutes ago.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    email = _checked_address(email)
    if language not in dict(settings.LANGUAGES):
        words = _("Choose one of the languages of this site.")
        raise ValidationError({"language": ValidationError(words, code="language")})
    program = Program.objects.select_for_update().get(pk=program.pk, deleted_at=None)
    present = Relay.objects.filter(program=program).first()
    is_same = present is not None and present.email == email
    if present is not None and is_same and present.confirmed_at is not None:
        if present.language != language:
            present.language = language
            present.save(update_fields=["language"])
        return present
    now = timezone.now()
    if present is not None and present.asked_at > now - AGAIN_AFTER:
        words = _("A mail was sent a moment ago. Wait five minutes before you ask for another.")
        raise ValidationError({"email": ValidationError(words, code="soon")})
    token = secrets.token_urlsafe(32)
    relay = present or Relay(organization_id=program.organization_id, program=program)
    relay.email, relay.language = email, language
    if present is not None:
        # Another address is asked: a backup must not bring the former one back.
        erase(Erased.RELAY, relay.pk)
    relay.token_hash, relay.asked_at, relay.confirmed_at = hash_of(token), now, None
    relay.asked_by = actor.person_id
    relay.save()
    hide_relay(actor, program=program)
    record_program(actor, "program.relay_asked", program)
    link = f"{settings.PUBLIC_ORIGIN}/programs/{program.slug}/contact/confirm/{token}/"
    name = program.organization.name
    send_letter(
        actor, to=email, language=language, compose=lambda: _question(name, program.slug, link)
    )
    return relay


@transaction.atomic
def switch_off_relay(actor: Actor, *, program: Program) -> None:
    """Let nobody write to a program any more; its address is forgotten. Twice changes nothing.

    Raises:
        Refused: the actor may not publish this program.
    """
    require(actor, Permission.PROGRAM_PUBLISH, program)
    Program.objects.select_for_update().get(pk=program.pk)
    if forget_relay(actor, program=program):
        hide_relay(actor, program=program)


@transaction.atomic
def confirm_relay(actor: Actor, *, token: str) -> Relay | None:
    """The relay whose address was confirmed just now; nothing for a link that is used or over.

    Whoever has the link has read the mail: no account is asked for. The coordinators are told; a
    form that is new on a public entry waits for 24 hours, or for another of them.
    """
    eyes = system(Purpose.OPERATOR, via=actor.via)
    relay = relay_by_token(eyes, token)
    if relay is None:
        return None
    bound = system(Purpose.OPERATOR, via=actor.via, organization_id=relay.organization_id)
    with acting(bound):
        Program.objects.select_for_update().get(pk=relay.program_id)
        confirmed = Relay.objects.filter(pk=relay.pk, token_hash=hash_of(token), confirmed_at=None)
        if not confirmed.update(confirmed_at=timezone.now(), token_hash=""):  # nosec B106 - none
            return None
        record_program(bound, "program.relay_confirmed", relay.program)
        if hold_relay(bound, program=relay.program):
            return relay
    tell_members(
        actor,
        organization_id=relay.organization_id,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: _notice(relay),
    )
    return relay


def _checked_address(text: str) -> str:
    """The address as it is kept.

    Raises:
        ValidationError: it is none, at `email`.
    """
    email = normalise_email(text)
    try:
        validate_plain_text(email, lines=False)
        validate_email(email)
    except ValidationError as error:
        words = _("Write the whole address, for example amara@example.org.")
        raise ValidationError({"email": ValidationError(words, code="email")}) from error
    return email


def _question(name: str, slug: str, link: str) -> Letter:
    words = isolated({"group": name, "program": slug})
    return Letter(
        subject=gettext("Shall notes to %(group)s come to this address?") % words,
        paragraphs=(
            gettext(
                "%(group)s wants readers to write to its program %(program)s through this site, "
                "and to get their notes at this address."
            )
            % words,
            gettext(
                "The link opens a page with one button. Without it nothing is sent here. It works "
                "for 7 days."
            ),
            gettext("If you do not know of this, do nothing."),
        ),
        link=link,
        label=gettext("Look at it"),
    )


def _notice(relay: Relay) -> Letter:
    words = isolated({"group": relay.organization.name, "program": relay.program.slug})
    organization = relay.organization.slug
    return Letter(
        subject=gettext("%(group)s: an address for notes was confirmed") % words,
        paragraphs=(
            gettext(
                "The address for notes to %(program)s was confirmed. Once the program is "
                "published they go there. The desk says which address it is, and switches it off."
            )
            % words,
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{organization}/programs/{relay.program.slug}/relay/",
        label=gettext("Look at it"),
    )
