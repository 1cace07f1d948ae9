"""Addresses of forms about a public entry: say that it is wrong, or that it is to be taken off."""

from django.urls import path

from frontend.views import report

app_name = "report"

urlpatterns = [
    path("programs/<str:slug>/report/", report.program, name="program"),
    path("programs/<str:slug>/report/sent/", report.program_sent, name="program_sent"),
    path("facilities/<str:slug>/report/", report.facility, name="facility"),
    path("facilities/<str:slug>/report/sent/", report.facility_sent, name="facility_sent"),
]
