"""App configuration of the messenger."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Conversations; its tables come with the first of them."""

    name = "messaging"
