"""Addresses of a group's coalitions, and of a coalition's groups."""

from django.urls import path

from frontend.views.desk import coalitions

ONE = "coalitions/<uuid:tie_id>/"

urlpatterns = [
    path("coalitions/", coalitions.coalitions, name="coalitions"),
    path("coalitions/ask/", coalitions.ask, name="coalition_ask"),
    path(f"{ONE}accept/", coalitions.accept, name="coalition_accept"),
    path(f"{ONE}refuse/", coalitions.refuse, name="coalition_refuse"),
    path(f"{ONE}end/", coalitions.end, name="coalition_end"),
]
