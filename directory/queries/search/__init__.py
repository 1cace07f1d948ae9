"""The search: one index of words that gives the same answers on every database.

`words` says what a row is found by, `spelling` and `meanings` what a word is met by beside
itself, `question` looks a question up in the vocabulary, `finding` finds and ranks rows.
"""

from directory.queries.search.closest import close_words
from directory.queries.search.finding import (
    by_relevance,
    cards_with,
    facilities_by_relevance,
    facilities_with,
    listings_with,
)
from directory.queries.search.suggestions import Suggestion, suggestions

__all__ = [
    "Suggestion",
    "by_relevance",
    "cards_with",
    "close_words",
    "facilities_by_relevance",
    "facilities_with",
    "listings_with",
    "suggestions",
]
