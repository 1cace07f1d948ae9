"""A question that finds something, in place of one that was mistyped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Length

from directory.models import Facility, FacilityWord, Listing, ListingWord, WordForm
from directory.queries.search.finding import holding
from directory.queries.search.question import Asked, asked, beginning_with
from directory.queries.search.spelling import is_spelled, letters_apart

MOST_TRIED = 2000
# In a short word two letters would make any other.
FARTHEST = 2
SHORTEST = 5
LONGEST = 20

_KIND = WordForm.Kind


def close_words(words: str) -> str:
    """The question with each unknown word replaced by one that public rows hold, folded.

    Empty where the question finds something as it is, and where no other one would. A word is
    replaced by one of the same first letter that one or two letters separate from it: of the
    closest the one that most rows hold. Eighteen queries at most, four where something is found.
    """
    question = asked(words)
    if not question.words or finds_something(question):
        return ""
    better = {run: _closest(run) or fallback for run, fallback in _unknown(question).items()}
    if not better or not all(better.values()):
        return ""
    corrected = " ".join(better.get(run, run) for run in question.runs)
    return corrected if finds_something(asked(corrected)) else ""


def finds_something(question: Asked) -> bool:
    """Whether any listing or place holds the words of a question. Two queries at most."""
    programs = Listing.objects.filter(holding(ListingWord, question))
    places = Facility.objects.filter(holding(FacilityWord, question), merged_into__isnull=True)
    return programs.exists() or places.exists()


def _unknown(question: Asked) -> dict[str, str]:
    """The first three words that are in no text as they are, begun or in part.

    Each with what stands in for it where nothing is close: itself, if another meaning is.
    """
    spelled = [run for run in question.runs if is_spelled(run)]
    whole = WordForm.objects.filter(kind=_KIND.WHOLE, form__in=spelled)
    known = set(whole.values_list("form", flat=True))
    unmet = [
        (run, wanted)
        for wanted in question.words
        for run in spelled
        if wanted.exact == {run} and run not in known and not wanted.prefix | wanted.part
    ]
    return {run: run if wanted.near else "" for run, wanted in unmet[:3]}


def _closest(run: str) -> str:
    """The word that public rows hold most often among the closest; maybe none. Three queries."""
    if not SHORTEST <= len(run) <= LONGEST:
        return ""
    alike = WordForm.objects.filter(beginning_with(run[0], "form"), kind=_KIND.WHOLE)
    alike = (
        alike.annotate(size=Length("form"))
        .order_by("form")
        .filter(size__gte=len(run) - FARTHEST, size__lte=len(run) + FARTHEST)
    )
    words = alike.values_list("form", flat=True)[:MOST_TRIED]
    apart = {word: letters_apart(run, word) for word in words}
    held = _held(word for word, letters in apart.items() if letters <= FARTHEST)
    return min(held, key=lambda word: (apart[word], -held[word], word), default="")


def _held(words: Iterable[str]) -> Counter[str]:
    """How many public rows hold each word; those of none are left out. Two queries."""
    found: Counter[str] = Counter()
    for model in (ListingWord, FacilityWord):
        rows = model.objects.filter(word__in=sorted(words)).values("word")
        found.update(dict(rows.annotate(number=Count("id")).values_list("word", "number")))
    return found
