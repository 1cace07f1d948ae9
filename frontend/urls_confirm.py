"""Addresses of the page whose one button says that an entry is still true."""

from django.urls import path

from frontend.views import confirm

app_name = "confirm"

urlpatterns = [
    path("<str:token>/", confirm.reminder, name="reminder"),
    path("<str:token>/stop/", confirm.stop, name="stop"),
]
