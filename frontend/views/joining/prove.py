"""The page behind a mail of proof: one button to confirm, one to object, nothing before either."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from directory.actions.applying import confirm_proof, object_to_proof
from directory.queries.proofs import open_proof
from network.tenancy import acting, visitor

GONE = 410
_PAGE = "frontend/join/prove.html"


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Which group claims which entry; works without being signed in. 410 for a dead link."""
    done = ""
    if request.method == "POST":
        done = "objected" if request.POST.get("act") == "object" else "confirmed"
        act = object_to_proof if done == "objected" else confirm_proof
        with acting(visitor()) as nobody:
            opened = act(nobody, token=token)
    else:
        opened = open_proof(token)
    if opened is None:
        return render(request, "frontend/join/dead.html", status=GONE)
    return render(request, _PAGE, {"proof": opened, "done": done})
