"""Two changes at once: what somebody else saved beside what was written here."""

from __future__ import annotations

from dataclasses import dataclass

from frontend.forms.desk.organization import CardForm, initial_of
from network.models import Organization


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with both values, as they are shown in the form."""

    label: str
    theirs: str
    ours: str
    field_id: str


def differences(form: CardForm, present: Organization) -> list[Difference]:
    """The fields in which the written form differs from what is there now."""
    now = initial_of(present)
    found = []
    for bound in form.visible_fields():
        ours = str(bound.data or "").strip()
        theirs = str(bound.field.prepare_value(now.get(bound.name, "")) or "")
        if ours != theirs:
            label = str(bound.label)
            found.append(Difference(label, theirs, ours, str(bound.id_for_label)))
    return found
