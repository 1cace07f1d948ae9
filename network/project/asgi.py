"""The ASGI application: pages and API over HTTP."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.project.settings")

application = ProtocolTypeRouter({"http": get_asgi_application()})
