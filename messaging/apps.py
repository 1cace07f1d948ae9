"""App configuration of the messenger."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Conversations between organizations."""

    name = "messaging"

    def ready(self) -> None:
        """Listen to what happens on the ground floor."""
        from messaging.receivers import install

        install()
