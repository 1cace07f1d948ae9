"""App configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Listings, facilities, countries and the ledger of access."""

    name = "directory"

    def ready(self) -> None:
        """Listen to what happens on the ground floor; know what a second owner confirms."""
        from directory.actions.moving import exporting  # noqa: F401 - registers its deed
        from directory.receivers import install

        install()
