"""The first page of a group's desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.queries.reminders import programs_growing_old
from frontend.desk.page import Desk, desk_page
from frontend.desk.waiting import waiting_at
from network.permissions import Permission


@require_safe
@desk_page(Permission.ORGANIZATION_READ)
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who one is here, and what waits."""
    context = {
        "desk": desk,
        "part": "overview",
        "waiting": waiting_at(desk),
        "growing_old": programs_growing_old(desk.actor),
    }
    return render(request, "frontend/desk/overview.html", context)
