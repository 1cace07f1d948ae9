"""Addresses of the ways in: register, claim, start, and what became of it."""

from django.urls import URLPattern, URLResolver, path

from frontend.views.joining import go_on, objecting, prove, register, start

app_name = "join"

urlpatterns: list[URLPattern | URLResolver] = [
    path("join/", register.join, name="join"),
    path("join/alike.json", register.alike_names, name="alike"),
    path("join/sent/", register.sent, name="sent"),
    path("join/go-on/<str:token>/", go_on.go_on, name="go_on"),
    path("join/prove/<str:token>/", prove.prove, name="prove"),
    path("programs/<str:slug>/object/", objecting.objection, name="object"),
    path("start/ask/", start.start, name="start"),
    path("programs/<str:slug>/claim/", register.claim, name="claim"),
]
