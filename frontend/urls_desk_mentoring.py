"""Addresses where a group offers help to beginners, and answers who asks."""

from django.urls import path

from frontend.views.desk import mentoring

urlpatterns = [
    path("mentoring/", mentoring.mentoring, name="mentoring"),
    path("mentoring/offer/", mentoring.offer, name="mentor_offer"),
    path("mentoring/find/", mentoring.find, name="mentors"),
    path("mentoring/ask/<uuid:mentor_id>/", mentoring.ask, name="mentor_ask"),
    path("mentoring/<uuid:request_id>/", mentoring.answer, name="mentor_answer"),
    path("mentoring/<uuid:request_id>/withdraw/", mentoring.withdraw, name="mentor_withdraw"),
    path("mentoring/<uuid:request_id>/end/", mentoring.end, name="mentor_end"),
]
