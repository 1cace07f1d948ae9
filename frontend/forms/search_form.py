"""The one box that searches everything."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.fields import WordsField


class SearchForm(forms.Form):
    """Words to look for; none finds nothing."""

    q = WordsField(_("Search by place, group or centre"))

    use_required_attribute = False
