"""People: the accounts of this node."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from network.models.base import Row
from network.validators import normalise_email


class PersonManager(BaseUserManager["Person"]):
    """Makes and finds accounts by e-mail address. There is no superuser to make."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """An account with this address; without a password none works."""
        person = self.model(email=normalise_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The account with this address, however it was capitalised."""
        return self.get(email=normalise_email(username or ""))


class Person(Row, AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: an address, a name to show, a language and a time zone.

    No last sign-in is kept, and nobody is a superuser: a constraint says so. What a person may do
    follows from their Memberships, or from being a steward of this node. `second_factor_since` is
    empty for who signs in with a password alone. `mail_bounced_on` is the day since which mails to
    the address come back.
    """

    last_login = None  # the base class has it; nobody needs to know
    email = models.EmailField(max_length=254, unique=True)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    is_steward = models.BooleanField(default=False)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    second_factor_since = models.DateTimeField(null=True, blank=True)
    mail_bounced_on = models.DateField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        """Addresses differ by more than capitals; nobody is above the gate."""

        verbose_name_plural = "people"
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="person_no_superuser"
            ),
        )

    def __str__(self) -> str:
        """The name to show; never the address."""
        return self.display_name

    def get_short_name(self) -> str:
        """The name to show."""
        return self.display_name
