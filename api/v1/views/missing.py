"""The answer to an address of the API at which there is nothing."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.views import APIView


class Missing(APIView):
    """404 as problem details, whatever the method and the path."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse before the method is looked at.

        Raises:
            Http404: always.
        """
        raise Http404
