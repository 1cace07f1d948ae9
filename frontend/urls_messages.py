"""Addresses of messages: read and sent for one group at a time, named by `as` in the query."""

from django.urls import path

from frontend.views.messages import (
    answering,
    changing,
    contacts,
    conversation,
    exporting,
    files,
    inbox,
    news,
    opening,
    reporting,
    searching,
    settings,
    translating,
)

app_name = "messages"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("requests/", inbox.requests, name="requests"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("reports/", reporting.reports, name="reports"),
    path("search/", searching.search, name="search"),
    path("new/", opening.new, name="new"),
    path("new/group/", opening.new_group, name="new_group"),
    path("new/<uuid:conversation_id>/<uuid:handle_id>/", opening.new_direct, name="new_direct"),
    path("<uuid:conversation_id>/", conversation.conversation, name="conversation"),
    path(
        "<uuid:conversation_id>/files/<uuid:attachment_id>/", files.attachment, name="attachment"
    ),
    path("<uuid:conversation_id>/lines/", news.lines, name="lines"),
    path("<uuid:conversation_id>/read/", conversation.read, name="read"),
    path("<uuid:conversation_id>/answer/", answering.answer, name="answer"),
    path("<uuid:conversation_id>/topic/", conversation.topic, name="topic"),
    path("<uuid:conversation_id>/report/", reporting.report, name="report"),
    path("<uuid:conversation_id>/settings/", settings.settings, name="settings"),
    path("<uuid:conversation_id>/export/", exporting.export, name="export"),
    path("<uuid:conversation_id>/edit/<uuid:message_id>/", changing.edit, name="edit"),
    path(
        "<uuid:conversation_id>/translate/<uuid:message_id>/",
        translating.translate,
        name="translate",
    ),
    path(
        "<uuid:conversation_id>/take-back/<uuid:translation_id>/",
        translating.take_back,
        name="take_back",
    ),
    path("<uuid:conversation_id>/delete/<uuid:message_id>/", changing.delete, name="delete"),
]
