"""Addresses of the form that carries a note to a group."""

from django.urls import path

from frontend.views import contact

app_name = "contact"

urlpatterns = [
    path("programs/<slug:slug>/contact/", contact.contact, name="form"),
    path("programs/<slug:slug>/contact/sent/", contact.sent, name="sent"),
    path("programs/<slug:slug>/contact/confirm/<str:token>/", contact.confirm, name="confirm"),
]
