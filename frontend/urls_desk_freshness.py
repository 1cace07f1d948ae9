"""Addresses of a group's reminders and of mails that came back."""

from django.urls import path

from frontend.views.desk import reminders

urlpatterns = [
    path("settings/reminders/", reminders.reminders, name="reminders"),
]
