"""Style sheets and scripts under names that change with their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # has no types


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """WhiteNoise's, where a script that names another one names its hashed file.

    Otherwise a page would load modules of two versions at once after an update.
    """

    support_js_module_import_aggregation = True
