"""App configuration of the ground floor."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """People, organizations, nodes and the audit log."""

    name = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give every SQLite connection the function that its triggers ask; know all deeds."""
        # Each says what is done once a second owner confirms.
        from network import receivers
        from network.actions import departures, lockdown, members  # noqa: F401 - see above
        from network.tenancy.sqlite import install

        install()
        receivers.install()
