"""The addresses of the whole site with those of the probe."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("tests.api.probe"))]
