"""What actions and queries raise, in the words of the API."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework.exceptions import ValidationError

from api.problems import Question
from network.identifying import is_question


def told(error: Exception) -> Exception:
    """404 for what is not there, 400 by field for what was refused; any other as it is."""
    if isinstance(error, ObjectDoesNotExist):
        return Http404()
    if isinstance(error, DjangoValidationError):
        kind = Question if is_question(error) else ValidationError
        if hasattr(error, "error_dict"):
            return kind({name.strip("_"): said for name, said in error.message_dict.items()})
        return kind({NON_FIELD_ERRORS.strip("_"): error.messages})
    return error
