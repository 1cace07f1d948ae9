"""Addresses of the files of groups. Those that take files stand in `network.project.uploading`."""

from django.urls import path

from frontend.views.desk import documents, export, pictures

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/<uuid:upload>/", documents.document, name="document"),
    path("documents/<uuid:upload>/delete/", documents.delete, name="document_delete"),
    path("documents/<uuid:upload>/restore/", documents.restore, name="document_restore"),
    path("files/logo/", pictures.logo, name="logo"),
    path("files/logo/remove/", pictures.logo_removed, name="logo_remove"),
    path("files/photo/<uuid:program>/", pictures.photo, name="photo"),
    path("files/photo/<uuid:program>/remove/", pictures.photo_removed, name="photo_remove"),
    path("files/<uuid:upload>/", pictures.picture, name="picture"),
    path("export/", export.export, name="export"),
    path("export/end/", export.ended, name="export_end"),
    path("export/<uuid:export>/", export.fetch, name="export_fetch"),
]
