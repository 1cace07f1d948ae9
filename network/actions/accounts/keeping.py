"""Making accounts and changing what they hold."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.accounts.links import make_link, use_link
from network.actions.audit import record
from network.actions.bounces import clear_bounce
from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.actions.member_names import carry_name
from network.actions.tokens import revoke_tokens_of
from network.enums import LinkKind
from network.erasures import Erased, erase
from network.events import SessionsEnded, publish
from network.models import Person, Session, SignInLink
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, Via, acting, system
from network.validators import normalise_email, validate_plain_text, validate_visible

LONGEST_NAME = 120


def create_person(
    actor: Actor,
    *,
    email: str,
    display_name: str,
    language: str = "en",
    time_zone: str = "UTC",
    password: str | None = None,
    is_steward: bool = False,
) -> Person:
    """A new account with this address, which whoever makes it has seen to be theirs.

    Raises:
        Refused: the actor may not make accounts.
        ValidationError: by field: the address is taken or none, or another value is no good.
    """
    require(actor, Permission.PERSON_CREATE)
    person = Person(
        email=normalise_email(email),
        display_name=display_name.strip(),
        language=language,
        time_zone=time_zone,
        is_steward=is_steward,
        email_verified_at=timezone.now(),
    )
    _check_profile(person)
    with acting(actor):
        _check_email(person.email)
        if password is not None:
            _check_password(password, person)
        person.set_password(password)
        person.save()
        record(actor, "person.created", object_kind="person", object_id=person.pk)
    return person


@transaction.atomic
def change_profile(
    actor: Actor, *, person: Person, display_name: str, language: str, time_zone: str
) -> None:
    """Change one's own name to show, language and time zone; colleagues read the new name.

    Raises:
        ValidationError: by field.
    """
    _only_oneself(actor, person)
    person.display_name = display_name.strip()
    person.language, person.time_zone = language, time_zone
    _check_profile(person)
    person.save(update_fields=["display_name", "language", "time_zone"])
    carry_name(actor)


@transaction.atomic
def change_password(actor: Actor, *, person: Person, password: str, keep: str = "") -> None:
    """Set one's own password; every other device is signed out. `keep` is the key hash of this.

    Raises:
        ValidationError: `password`: too short, too common, too like the name.
    """
    _only_oneself(actor, person)
    _check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    erase(Erased.PASSWORD, person.pk)
    Session.objects.filter(person=person).exclude(key_hash=keep).delete()
    publish(SessionsEnded(person.pk))
    SignInLink.objects.filter(person=person).delete()
    send_letter(actor, to=person.email, language=person.language, compose=_password_letter)


@transaction.atomic
def reset_password(actor: Actor, *, person: Person, password: str) -> None:
    """Set one's own password by a link: every device is signed out, every token ends.

    Whoever has lost a password does not know who else has it, or what they left open with it.

    Raises:
        ValidationError: `password`: as for `change_password`.
    """
    change_password(actor, person=person, password=password)
    revoke_tokens_of(actor, person=person)


@transaction.atomic
def ask_for_new_email(actor: Actor, *, person: Person, email: str) -> None:
    """Send a link to a new address; the old one stays until it is used there.

    An address that has an account gets a mail that says so: on screen nothing tells which.

    Raises:
        ValidationError: `email`: no address.
    """
    _only_oneself(actor, person)
    email = normalise_email(email)
    _check_form_of_email(email)
    signing_in = system(Purpose.SIGN_IN, via=Via.PAGE)
    with acting(signing_in):
        if Person.objects.filter(email=email).exists():
            send_letter(actor, to=email, language=person.language, compose=_taken_letter)
            return
        link = make_link(signing_in, person=person, kind=LinkKind.EMAIL, email=email)
    send_letter(actor, to=email, language=person.language, compose=lambda: _new_email_letter(link))


@transaction.atomic
def confirm_new_email(actor: Actor, *, token: str) -> bool:
    """Make the address of a used link the account's; whether it did. The old address is told.

    Other links to the account end: they lie in the old address's box.
    """
    opened = use_link(actor, token=token)
    if opened is None or opened.kind is not LinkKind.EMAIL:
        return False
    person, old = opened.person, opened.person.email
    with acting(actor):
        if Person.objects.filter(email=opened.email).exists():
            return False
    person.email, person.email_verified_at = opened.email, timezone.now()
    with acting(Actor(via=actor.via, person_id=person.pk)) as own:
        person.save(update_fields=["email", "email_verified_at"])
        erase(Erased.PASSWORD, person.pk)
        clear_bounce(own)
        # Whoever reads the old box has links that would open the account.
        SignInLink.objects.filter(person=person).delete()
        send_letter(own, to=old, language=person.language, compose=_changed_letter)
    return True


def _only_oneself(actor: Actor, person: Person) -> None:
    if actor.person_id != person.pk:
        raise ValueError("an account is changed by its person")


def _check_profile(person: Person) -> None:
    """Refuse a name that cannot be seen, an unknown language or time zone.

    Raises:
        ValidationError: by field.
    """
    errors: dict[str, list[str]] = {}
    try:
        if not 0 < len(person.display_name) <= LONGEST_NAME:
            raise ValidationError(
                gettext_lazy("Write the name by which others shall know you."), code="name"
            )
        validate_plain_text(person.display_name, lines=False)
        validate_visible(person.display_name)
    except ValidationError as error:
        errors["display_name"] = error.messages
    if person.language not in dict(settings.LANGUAGES):
        errors["language"] = [_("Choose a language from the list.")]
    if person.time_zone not in available_timezones():
        errors["time_zone"] = [_("Choose a time zone from the list, such as Europe/Paris.")]
    if errors:
        raise ValidationError(errors)


def _check_form_of_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("Write the whole address, for example amara@example.org.")
        raise ValidationError({"email": [message]}) from error


def _check_email(email: str) -> None:
    _check_form_of_email(email)
    if Person.objects.filter(email=email).exists():
        raise ValidationError({"email": [_("There is an account with this address already.")]})


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _password_letter() -> Letter:
    return Letter(
        subject=_("Your password was changed"),
        paragraphs=(
            _("The password of your account was changed, and other devices were signed out."),
            _("If it was not you, ask for a new password at once and tell your group."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/account/forgot/",
        label=_("Ask for a new password"),
    )


def _new_email_letter(link: str) -> Letter:
    return Letter(
        subject=_("Confirm your new address"),
        paragraphs=(
            _("Somebody with an account here wants to use this address from now on."),
            _("The link works once, for one day. It opens a page with one button."),
            _("If it was not you, do nothing."),
        ),
        link=link,
        label=_("Confirm this address"),
    )


def _taken_letter() -> Letter:
    return Letter(
        subject=_("This address has an account already"),
        paragraphs=(
            _("Somebody wanted to use this address for another account. Nothing was changed."),
        ),
    )


def _changed_letter() -> Letter:
    return Letter(
        subject=_("Your address was changed"),
        paragraphs=(
            _("Your account has another address from now on. This one gets no more mails."),
            _("If it was not you, tell whoever runs this site."),
        ),
    )
