"""Moving house: an organization takes all that it has here to another node."""

from directory.actions.moving.exporting import ask_for_export, export_organization
from directory.actions.moving.loading import load_organization

__all__ = ["ask_for_export", "export_organization", "load_organization"]
