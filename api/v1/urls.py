"""Addresses of version 1."""

from django.urls import re_path

from api.v1.views.missing import Missing

app_name = "api"

urlpatterns = [re_path("", Missing.as_view())]
