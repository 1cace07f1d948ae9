"""App configuration of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Serializers and views; no models."""

    name = "api"
