"""App configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Listings, facilities, countries and the ledger of access."""

    name = "directory"
