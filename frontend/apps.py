"""App configuration of the pages."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """Views, forms, templates and styles; no models."""

    name = "frontend"
