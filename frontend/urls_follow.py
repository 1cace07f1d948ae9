"""Addresses of mails about one place or country: ask for them, confirm, end."""

from django.urls import URLPattern, URLResolver, path

from frontend.views import follow

app_name = "follow"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", follow.follow, name="follow"),
    path("asked/", follow.asked, name="asked"),
    path("confirm/<str:token>/", follow.confirm, name="confirm"),
    path("end/<str:token>/", follow.end, name="end"),
]
