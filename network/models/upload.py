"""Files that people of an organization sent."""

from __future__ import annotations

from django.db import models

from network.enums import UploadKind
from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class Upload(Row):
    """A logo, the photo of a program, or a document of the desk.

    The bytes are a file under `name`, see `network.uploads.storage`. `subject_id` is the program
    of a photo. `alt` says in words what a photo shows, `{language: text}`. A deleted one stays
    for seven days and can come back, and then goes with its file.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(max_length=10, choices=UploadKind)
    subject_id = models.UUIDField(null=True, blank=True)
    media_type = models.CharField(max_length=40)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=120, blank=True)
    alt = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Upload"]()

    class Meta:
        """Newest first; one present logo, and one present photo for each program."""

        ordering = ("-created_at", "id")
        indexes = (
            models.Index(fields=["organization", "kind", "-created_at"], name="upload_by_kind"),
            models.Index(fields=["deleted_at"], name="upload_by_deletion"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(kind=UploadKind.LOGO, deleted_at=None),
                name="upload_one_logo",
            ),
            models.UniqueConstraint(
                fields=["organization", "subject_id"],
                condition=models.Q(kind=UploadKind.PHOTO, deleted_at=None),
                name="upload_one_photo",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=UploadKind.PHOTO, subject_id__isnull=False)
                | (~models.Q(kind=UploadKind.PHOTO) & models.Q(subject_id=None)),
                name="upload_photo_of_something",
            ),
        )

    def __str__(self) -> str:
        """What it is for, for logs; never its title."""
        return f"{self.kind} {self.pk}"
