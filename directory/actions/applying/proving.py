"""Proof by mail: whoever reads an address at the entry's own website confirms, or objects."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.applying.letters import proof_letter, to_stewards
from directory.enums import ApplicationState
from directory.models import Application, DomainProof, Objection
from directory.queries.applications import claimable
from directory.queries.proofs import OpenedProof, open_proof, proof_domain
from network.actions.audit import record
from network.actions.mail import send_letter
from network.actions.notices import tell_stewards
from network.links import hash_of
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting, system

LIVES = dt.timedelta(days=7)
A_DAY = dt.timedelta(days=1)
# Mails for one application and to one domain, whoever asks, in a day.
OF_ONE, TO_DOMAIN = 3, 6
_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?")


@transaction.atomic
def send_proof(actor: Actor, *, application: Application, local_part: str) -> DomainProof:
    """Send a link to `local_part` at the domain of the claimed entry's website.

    The domain is read from the entry at this moment; nothing that the applicant wrote counts.

    Raises:
        Refused: the actor may not write the application.
        ValidationError: `local_part`; `closed`; `no_domain`; `many` beyond the day's number.
    """
    require(actor, Permission.APPLICATION_WRITE, application)
    present = Application.objects.select_for_update(of=("self",)).select_related("organization")
    claim = present.get(pk=application.pk)
    if not ApplicationState(claim.state).is_open:
        raise ValidationError(_("The stewards have decided already."), code="closed")
    domain = proof_domain(claim)
    if not domain:
        raise ValidationError(_("The website of this entry proves nothing."), code="no_domain")
    email = _address(local_part, domain)
    _check_number(actor, claim, domain)
    token = secrets.token_urlsafe(32)
    proof = DomainProof.objects.create(
        organization_id=claim.organization_id,
        application=claim,
        email=email,
        domain=domain,
        token_hash=hash_of(token),
        expires_at=timezone.now() + LIVES,
    )
    listing = claimable(claim.listing_slug)
    entry = listing.name if listing else claim.listing_slug
    send_letter(
        actor,
        to=email,
        language=claim.language,
        compose=lambda: proof_letter(claim.organization.name, entry, token),
    )
    record(actor, "application.proof_sent", object_kind="application", object_id=claim.pk)
    return proof


@transaction.atomic
def confirm_proof(actor: Actor, *, token: str) -> OpenedProof | None:
    """Confirm the claim behind a link, as whoever reads its mail; nothing for a dead link.

    Confirming twice changes nothing.
    """
    opened = open_proof(token)
    if opened is None:
        return None
    with acting(system(Purpose.SIGN_IN, via=actor.via)):
        done = DomainProof.objects.filter(pk=opened.id, confirmed_at=None).update(
            confirmed_at=timezone.now()
        )
    if done:
        group = opened.organization_id
        with acting(system(Purpose.OPERATOR, via=actor.via, organization_id=group)) as operator:
            record(
                operator,
                "application.proof_confirmed",
                object_kind="application",
                object_id=opened.application_id,
            )
    return opened


@transaction.atomic
def object_to_proof(actor: Actor, *, token: str) -> OpenedProof | None:
    """Say that the mail of proof was not expected; the stewards read it. A dead link: nothing.

    Saying it twice makes one objection.
    """
    opened = open_proof(token)
    if opened is None:
        return None
    text = gettext("Whoever reads the mail at the website of the entry did not expect this claim.")
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        _one, is_new = Objection.objects.get_or_create(
            organization_id=opened.organization_id,
            application_id=opened.application_id,
            text=text,
            defaults={"language": get_language() or settings.LANGUAGE_CODE},
        )
    if is_new:
        tell_stewards(
            actor,
            lambda: to_stewards(opened.group, gettext("Somebody objects to a claim.")),
        )
    return opened


def _address(local_part: str, domain: str) -> str:
    email = f"{local_part.strip().lower()}@{domain}"
    try:
        if not _LOCAL.fullmatch(local_part.strip().lower()):
            raise ValidationError("")
        validate_email(email)
    except ValidationError as error:
        message = _("Write only what stands before the @, for example info.")
        raise ValidationError({"local_part": [message]}) from error
    return email


def _check_number(actor: Actor, claim: Application, domain: str) -> None:
    """Refuse more mails than anybody needs; those of other groups to this domain count, too."""
    with acting(system(Purpose.OPERATOR, via=actor.via), is_reading=True):
        recent = DomainProof.objects.filter(created_at__gte=timezone.now() - A_DAY)
        own = recent.filter(application=claim).count()
        is_over = own >= OF_ONE or recent.filter(domain=domain).count() >= TO_DOMAIN
    if is_over:
        raise ValidationError(
            _("This was asked for too often today. Try again tomorrow."), code="many"
        )
