"""App configuration of the room that starts things."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Management commands, system checks and the worker loop; no models."""

    name = "network.project"
    label = "project"

    def ready(self) -> None:
        """Register the system checks."""
        from network.project import checks

        checks.register_all()
