"""Reports from the public: made without an account, decided by stewards, emptied in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.deciding.common import ConflictOfInterest
from directory.actions.suppression import NotListedError, suppress_listing
from directory.enums import ReportDecision, ReportKind, ReportSubject
from directory.models import Listing, Report
from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.mail import send_letter
from network.actions.notices import tell_members
from network.actions.suspending import MAX_REASON
from network.enums import Role
from network.identifying import require_looked_at
from network.permissions import Permission, require
from network.queries.stewarding import belongs_to
from network.tenancy import Actor, Purpose, acting, system
from network.validators import normalise_email, validate_plain_text

KEPT = dt.timedelta(days=90)
MAX_TEXT = 2000


@transaction.atomic
def make_report(
    actor: Actor,
    *,
    subject: ReportSubject,
    slug: str,
    kind: str,
    text: str,
    email: str,
    language: str,
    has_looked: bool = False,
) -> Report:
    """Keep what somebody says about a public entry, for the stewards alone.

    They may send it on to the group that keeps the entry. `has_looked` says that nobody in
    detention can be recognised by the text.

    Raises:
        ValidationError: by field, what to write instead; `identifies` where `has_looked` must
            answer.
    """
    del actor  # anybody may
    text, email = _checked(kind, text, email)
    require_looked_at({"text": text}, has_looked=has_looked)
    report = Report(
        subject=subject, slug=slug, kind=kind, text=text, email=email, language=language
    )
    report.save(force_insert=True)
    return report


@transaction.atomic
def decide_report(
    actor: Actor,
    *,
    report: Report,
    decision: ReportDecision,
    answer: str = "",
    has_looked: bool = False,
) -> Report:
    """Decide on a report, and answer who made it where they left an address.

    Taken off is for good: neither an import nor a backup brings it back. Forwarded goes to the
    coordinators of the group whose entry it is, without the reporter's address. The address is
    emptied. Doing it twice changes nothing. `has_looked` says that nobody in detention can be
    recognised by the answer.

    Raises:
        Refused: the actor is no steward, or the entry is of a group of their own.
        ValidationError: `answer` by field; `forward` where no group here keeps the entry; `kind`
            where a place of detention would be taken off; `identifies` where `has_looked` must
            answer.
    """
    require(actor, Permission.REPORT_DECIDE)
    present = Report.objects.select_for_update().get(pk=report.pk)
    if present.decision:
        return present
    listing = listing_of(present)
    owner = listing.organization_id if listing and listing.origin_id is None else None
    if owner and belongs_to(actor, owner):
        raise ConflictOfInterest(Permission.REPORT_DECIDE)
    text = _checked_answer(answer)
    require_looked_at({"answer": text}, has_looked=has_looked)
    if decision == ReportDecision.TAKEN_OFF:
        _take_off(actor, present)
    elif decision == ReportDecision.FORWARDED:
        _forward(actor, present, listing)
    if present.email:
        send_letter(
            actor,
            to=present.email,
            language=present.language,
            compose=lambda: _answer_letter(decision, text),
        )
    present.decision, present.email = decision, ""
    present.decided_by, present.decided_at = actor.someone, timezone.now()
    present.save(update_fields=["decision", "email", "decided_by", "decided_at"])
    # Neither log holds the name of an entry that asked to be gone.
    record(
        actor,
        "report.decided",
        object_kind="report",
        object_id=present.pk,
        kind=present.kind,
        decision=str(decision),
    )
    return present


def listing_of(report: Report) -> Listing | None:
    """The listing that a report is about, where it is about one that is there. One query."""
    if report.subject != ReportSubject.PROGRAM:
        return None
    return Listing.objects.filter(slug=report.slug).first()


def purge_public_reports(actor: Actor) -> dict[str, int]:
    """Empty the texts of reports that were decided more than 90 days ago; how many there were.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        old = Report.objects.filter(decided_at__lt=timezone.now() - KEPT).exclude(text="")
        return {"reports_emptied": old.update(text="", email="")}


def _take_off(actor: Actor, report: Report) -> None:
    if report.subject != ReportSubject.PROGRAM:
        raise ValidationError(
            _("Places of detention stay in the directory. Choose another answer."), code="kind"
        )
    require(actor, Permission.LISTING_SUPPRESS)
    try:
        with acting(system(Purpose.OPERATOR, via=actor.via)) as hand:
            suppress_listing(hand, slug=report.slug, reason="asked by a report")
    except NotListedError as error:
        raise ValidationError(_("This entry is not listed any more."), code="kind") from error


def _forward(actor: Actor, report: Report, listing: Listing | None) -> None:
    if listing is None or listing.organization_id is None or listing.origin_id is not None:
        raise ValidationError(
            _("No group on this site keeps this entry. Choose another answer."), code="forward"
        )
    tell_members(
        actor,
        organization_id=listing.organization_id,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: _forward_letter(report, listing),
    )


def _checked(kind: str, text: str, email: str) -> tuple[str, str]:
    errors: dict[str, ValidationError] = {}
    text, email = text.replace("\r\n", "\n").strip(), normalise_email(email)
    if kind not in ReportKind.values:
        errors["kind"] = ValidationError(_("Choose what this is about."), code="kind")
    try:
        _check_text(kind, text)
    except ValidationError as error:
        errors["text"] = error
    if email:
        try:
            validate_email(email)
        except ValidationError:
            errors["email"] = ValidationError(
                _("Write the whole address, for example amara@example.org."), code="email"
            )
    if errors:
        raise ValidationError(errors)
    return text, email


def _check_text(kind: str, text: str) -> None:
    if not text and kind != ReportKind.TAKE_OFF:
        raise ValidationError(_("Say in a sentence what is wrong."), code="empty")
    if len(text) > MAX_TEXT:
        raise ValidationError(
            _("Shorten this to %(limit)d characters; it has %(number)d."),
            params={"limit": MAX_TEXT, "number": len(text)},
        )
    validate_plain_text(text)


def _checked_answer(answer: str) -> str:
    text = answer.strip()
    try:
        if len(text) > MAX_REASON:
            raise ValidationError(
                _("Shorten this to %(limit)d characters; it has %(number)d."),
                params={"limit": MAX_REASON, "number": len(text)},
            )
        validate_plain_text(text)
    except ValidationError as error:
        raise ValidationError({"answer": error}) from error
    return text


def _answer_letter(decision: ReportDecision, answer: str) -> Letter:
    outcomes: dict[str, Callable[[], str]] = {
        ReportDecision.NOTHING: lambda: gettext(
            "The stewards read it and left the entry as it is."
        ),
        ReportDecision.FORWARDED: lambda: gettext(
            "The stewards sent it on to the group that keeps the entry, without your address."
        ),
        ReportDecision.TAKEN_OFF: lambda: gettext("The stewards took the entry off for good."),
    }
    return Letter(
        subject=gettext("Your note on an entry was read"),
        paragraphs=tuple(
            part
            for part in (
                outcomes[decision](),
                answer,
                gettext("Your address was deleted with this mail."),
            )
            if part
        ),
    )


def _forward_letter(report: Report, listing: Listing) -> Letter:
    words = isolated(
        {
            "program": listing.name,
            "kind": str(ReportKind(report.kind).label),
            "text": report.text or gettext("They wrote nothing more."),
        }
    )
    return Letter(
        subject=gettext("A note on your entry: %(program)s") % words,
        paragraphs=(
            gettext("Somebody wrote about your entry. The stewards of this site send it on."),
            gettext("What they say: %(kind)s") % words,
            words["text"],
        ),
        link=f"{settings.PUBLIC_ORIGIN}/programs/{listing.slug}/",
        label=gettext("See the entry"),
    )
