"""Addresses of the tokens at a group's desk."""

from django.urls import path

from frontend.views.desk import tokens

urlpatterns = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new, name="token_new"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token_revoke"),
]
