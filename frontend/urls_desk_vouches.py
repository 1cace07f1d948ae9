"""Addresses where a group vouches for another."""

from django.urls import URLPattern, URLResolver, path

from frontend.views.desk import vouches

urlpatterns: list[URLPattern | URLResolver] = [
    path("vouches/", vouches.vouches, name="vouches"),
    path("vouches/<uuid:vouch_id>/", vouches.vouch, name="vouch"),
]
