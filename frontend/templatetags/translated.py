"""What pages say of translations that people attached to messages."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from frontend.templatetags.atlas import language_name
from frontend.templatetags.messenger import handle_words
from messaging.queries.events import MessageRow
from messaging.queries.translations import TranslationRow

register = template.Library()


@register.filter
def translations_first(message: MessageRow) -> list[TranslationRow]:
    """Its translations: into the language of the page first, of these the newest."""
    page = (get_language() or "").split("-")[0]
    newest = sorted(message.translations, key=lambda one: -(one.seq or 0))
    return sorted(newest, key=lambda one: one.language.split("-")[0].lower() != page)


@register.filter
def translated_by(one: TranslationRow) -> SafeString:
    """Into which language, and by whom: a handle, as everywhere in the conversation."""
    if one.is_mine:
        who: object = pgettext("who translated a message", "you")
    else:
        who = handle_words(one.number, one.organization_name, one.shown_name)
    words = _("In {language}, translated by {who}")
    return format_html(words, language=language_name(one.language), who=who)
