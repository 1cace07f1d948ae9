"""Addresses of version 1."""

from django.urls import path, re_path

from api.v1.views.map import Map
from api.v1.views.missing import Missing

app_name = "api"

urlpatterns = [
    path("map/", Map.as_view(), name="map"),
    re_path("", Missing.as_view()),
]
