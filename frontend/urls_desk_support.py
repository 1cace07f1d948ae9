"""Addresses of what a group's owners answer to a steward who asks to look."""

from django.urls import path

from frontend.views.desk import support

urlpatterns = [path("support/", support.support, name="support")]
