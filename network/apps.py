"""App configuration of the ground floor."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """People, organizations, nodes and the audit log."""

    name = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give every SQLite connection the function that its triggers ask."""
        from network.tenancy.sqlite import install

        install()
