"""Settings: one file for every deployment; what differs comes from the environment.

Safe without any: DEBUG off, a secret key made on first start, bound to this machine, SQLite.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from network.project import env
from network.project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
PORT = env.number("PORT", 8000, 1, 65535)

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or secret_key(DATA_DIR)
PUBLIC_ORIGIN = env.origin("PUBLIC_ORIGIN", f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
IS_HTTPS = PUBLIC_ORIGIN.startswith("https://")

# What serves lets so many connect; 0 from one address is no cap of its own.
MAX_CONNECTIONS = env.number("MAX_CONNECTIONS", 512, 1, 65535)
MAX_CONNECTIONS_PER_ADDRESS = env.number("MAX_CONNECTIONS_PER_ADDRESS", 32, 0, 65535)

# Who runs this node, as its pages name them. Empty: the pages say that nobody is named.
NODE_NAME = env.text("NODE_NAME")
NODE_CONTACT = env.text("NODE_CONTACT")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "guardian",
    "channels",
    "rest_framework",
    "csp",
    "network",
    "network.project",
    "directory",
    "messaging",
    "api",
    "frontend",
]

# Public pages: no session, no sign-in, no cookie. What comes to need them brings them along, on
# paths of its own.
MIDDLEWARE = [
    "api.middleware.kept.KeptAnswers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frontend.middleware.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontend.middleware.public.PublicAnswers",
    "frontend.middleware.unchanged.Unchanged",
    "frontend.middleware.language.Language",
    "frontend.middleware.clean_input.CleanInput",
]

ROOT_URLCONF = "network.project.urls"
ASGI_APPLICATION = "network.project.asgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["frontend.context.site"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Databases: the serving role, and the owner of the tables where it is another one.
_serving = env.postgres("DATABASE_URL")
_owner = env.postgres("DATABASE_OWNER_URL")
HAS_OWNER_ROLE = _serving is not None and _owner is not None

_POOL: dict[str, Any] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "network.sqlite3",
    # Each thread keeps its own; the threads of requests stay, see `network.project.threads`.
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        ),
    },
}

DATABASES: dict[str, dict[str, Any]] = {
    "default": _SQLITE if _serving is None else {**_serving, "OPTIONS": _POOL}
}
if HAS_OWNER_ROLE and _owner is not None:
    DATABASES["owner"] = {
        **_owner,
        "TEST": {"DEPENDENCIES": [], "CHARSET": "UTF8", "TEMPLATE": "template0"},
    }
    # Tests are served by the serving role from the database that the owner made.
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASE_ROUTERS = ["network.project.routers.OwnerIsForMigrations"]

# Hints travel by Redis between several processes, in memory within one.
REDIS_URL = env.redis("REDIS_URL")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

# guardian carries grants on single objects, to groups; see network.permissions.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_GET_INIT_ANONYMOUS_USER = None

# Languages whose catalogue is complete. Another is offered when its catalogue is.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("es", "Español"), ("fr", "Français")]
# Ours before those of other packages, which translate some of the same words otherwise.
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Our own files only: what the API's framework brings is for pages that are not served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing here is for the pages of others

# Browser rules: everything from here, nothing inline, nothing framed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "api.problems.problem_answer",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}

# The document of the API. Its texts and schemas stand beside what they speak of, in `api.v1` and
# `api.hsds`.
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Visitation Network",
    "VERSION": "1.0.0",
    "SERVERS": [{"url": PUBLIC_ORIGIN}],
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["api.v1.document.complete"],
}
# Where the pages find it: they show any such document, and know nothing of who made it.
API_DOCUMENT = "api.v1.document.document"

# No addresses, no agents, no referrers: neither requests nor their paths are logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "network.project.logs.PlacesOnly",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {"quiet": {"()": "network.project.logs.WithoutRequests"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["quiet"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Refusals are ordinary, and whoever wants to could fill a disk with them.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL", "propagate": False},
        "network": {"level": "INFO"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # guardian's own backend is not used: every question goes through `can`
]
