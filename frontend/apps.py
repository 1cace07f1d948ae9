"""App configuration of the pages."""

import logging

from django.apps import AppConfig

logger = logging.getLogger(__name__)


class FrontendConfig(AppConfig):
    """Views, forms, templates and styles; no models."""

    name = "frontend"

    def ready(self) -> None:
        """Compile catalogues that have changed, since a fresh machine has no gettext to do it."""
        from frontend.catalogues import compile_stale

        try:
            compile_stale()
        except OSError as error:
            logger.warning("catalogues that have changed could not be compiled: %s", error)
