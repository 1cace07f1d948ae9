"""Settings: one file for every deployment; what differs comes from the environment.

Safe without any: DEBUG off, a secret key made on first start, bound to this machine, SQLite.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from network.project import env
from network.project.secret import layer_prefix, secret_key

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

# A token may ask and change so often in a minute.
API_RATE_READ = env.number("API_RATE_READ", 300, 1, 100_000)
API_RATE_WRITE = env.number("API_RATE_WRITE", 60, 1, 100_000)
# Wrong tokens, of all who ask together.
API_RATE_WRONG = env.number("API_RATE_WRONG", 300, 1, 100_000)
# How many mails of invitation a group can send in 24 hours.
INVITATIONS_A_DAY = env.number("INVITATIONS_A_DAY", 10, 1, 1000)

# A person may write so many messages at once, and so many a second over time.
MESSAGE_BURST = env.number("MESSAGE_BURST", 20, 1, 10_000)
MESSAGE_RATE = env.number("MESSAGE_RATE", 1, 1, 1000)
# So many requests for events may wait at once, in a process and of one person in it.
MESSAGE_WAITS = env.number("MESSAGE_WAITS", 200, 1, 10_000)
MESSAGE_WAITS_A_PERSON = env.number("MESSAGE_WAITS_A_PERSON", 4, 1, 1000)
# The longest message in bytes, and the longest first one to a group never spoken to in characters.
MESSAGE_BODY = env.number("MESSAGE_BODY", 16_384, 256, 65_536)
MESSAGE_FIRST_CONTACT = env.number("MESSAGE_FIRST_CONTACT", 1000, 100, 16_384)

# Sockets: so many of one person and in all, in a process; how often missed events are looked for
# and rights are asked anew, how long a reader may take nothing, and how often clients ask whether
# anybody is there, in seconds. How long one stays open at most, in hours.
SOCKETS = env.number("SOCKETS", 4000, 1, 100_000)
SOCKETS_A_PERSON = env.number("SOCKETS_A_PERSON", 10, 1, 10_000)
SOCKET_HEAD_SECONDS = env.number("SOCKET_HEAD_SECONDS", 5, 1, 60)
SOCKET_SWEEP_SECONDS = env.number("SOCKET_SWEEP_SECONDS", 60, 1, 3600)
SOCKET_SLOW_SECONDS = env.number("SOCKET_SLOW_SECONDS", 30, 1, 600)
SOCKET_PING_SECONDS = env.number("SOCKET_PING_SECONDS", 25, 1, 600)
SOCKET_HOURS = env.number("SOCKET_HOURS", 12, 1, 168)
# So many threads ask the database for sockets.
SOCKET_THREADS = env.number("SOCKET_THREADS", 4, 1, 32)

# What the messages of one group may hold in files, in megabytes.
MESSAGE_FILES = env.number("MESSAGE_FILES_MB", 100, 1, 1_000_000) * 1024 * 1024

# Files that are sent stay in memory until they are decided on: none is written before that. How
# long a body may be is decided before it comes, see `network.project.guards`.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A message brings four; more are heard, so that its page can say that they are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Where they are kept once they are fit: in folders of their own, which nothing serves as they are.
FILES_DIR = DATA_DIR
# What one group may keep in files, in megabytes; deleted files may take as much again.
UPLOAD_QUOTA = env.number("UPLOAD_QUOTA_MB", 100, 1, 1_000_000) * 1024 * 1024

# Who runs this node, as its pages name them. Empty: the pages say that nobody is named.
NODE_NAME = env.text("NODE_NAME")
NODE_CONTACT = env.text("NODE_CONTACT")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
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

# Public pages: no session, no sign-in, no cookie. What needs them stands on paths of its own: the
# last four look at nothing else.
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
    "frontend.middleware.private.Sessions",
    "frontend.middleware.private.Csrf",
    "frontend.middleware.private.SignedIn",
    "frontend.middleware.private.Notes",
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
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "frontend.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Databases: the serving role, and the owner of the tables where it is another one.
_serving = env.postgres("DATABASE_URL")
_owner = env.postgres("DATABASE_OWNER_URL")
HAS_OWNER_ROLE = _serving is not None and _owner is not None

_POOL: dict[str, Any] = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
    # Row security makes a statement of some tables long to plan and quick to run: what is asked
    # again on a connection is planned once.
    "server_side_binding": True,
    "prepare_threshold": 3,
    # Policies make nearly every statement look dear enough to be compiled to machine code, which
    # takes most of a second; none of them runs for as long.
    "options": "-c jit=off",
}
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
    # What the database has ended while it was restarted is found before a request gets it.
    "default": _SQLITE
    if _serving is None
    else {**_serving, "OPTIONS": _POOL, "CONN_HEALTH_CHECKS": True}
}
if HAS_OWNER_ROLE and _owner is not None:
    DATABASES["owner"] = {
        **_owner,
        "TEST": {"DEPENDENCIES": [], "CHARSET": "UTF8", "TEMPLATE": "template0"},
    }
    # Tests are served by the serving role from the database that the owner made.
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASE_ROUTERS = ["network.project.routers.OwnerIsForMigrations"]

# Hints travel by Redis between several processes, in memory within one. All processes of a node
# share a key, and so a name; another node on the same Redis has others. Numbers of databases would
# not keep them apart: what is published is heard in all.
REDIS_URL = env.redis("REDIS_URL")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "network.project.layer.Layer",
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_timeout": 2, "socket_connect_timeout": 2}],
            "prefix": layer_prefix(SECRET_KEY),
        },
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["network.passwords.Argon2"]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "network.passwords.AtMost", "OPTIONS": {"longest": 128}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]

# Sessions are rows of devices. One prefix binds a cookie to this host where there is TLS.
_COOKIE = "__Host-" if IS_HTTPS else ""
SESSION_ENGINE = "network.sessions"
SESSION_COOKIE_NAME = f"{_COOKIE}session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_COOKIE}form"
CSRF_COOKIE_AGE = None
# Behind a proxy with TLS a request comes by http, while its form stood on a page of https.
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
CSRF_FAILURE_VIEW = "frontend.views.errors.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# So many passwords are tried for one account, in so many seconds, before hashing refuses.
SIGN_IN_TRIES = env.number("SIGN_IN_TRIES", 10, 1, 1000)
SIGN_IN_SECONDS = env.number("SIGN_IN_SECONDS", 900, 1, 86_400)

# Mails: files in the data directory, or a relay.
_mail = env.mail("EMAIL_URL")
EMAIL_BACKEND = _mail.pop("BACKEND", "network.project.mail_files.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
EMAIL_HOST = _mail.get("HOST", "")
EMAIL_PORT = _mail.get("PORT", 25)
EMAIL_HOST_USER = _mail.get("USER", "")
EMAIL_HOST_PASSWORD = _mail.get("PASSWORD", "")
EMAIL_USE_TLS = _mail.get("USE_TLS", False)
EMAIL_USE_SSL = _mail.get("USE_SSL", False)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM") or f"no-reply@{urlsplit(PUBLIC_ORIGIN).hostname}"

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
    "staticfiles": {"BACKEND": "network.project.assets.Assets"},
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
