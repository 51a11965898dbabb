"""The widget's addresses. A token here names the account, never a visitor."""

from django.urls import path

from channels_inbound.adapters.chat import views, window

urlpatterns = [
    path("widget.js", window.loader, name="widget"),
    path("w/<slug:token>/", window.window, name="chat_window"),
    path("w/<slug:token>/session", views.session, name="chat_session"),
    path("w/<slug:token>/messages", views.messages, name="chat_messages"),
    path("w/<slug:token>/sync", views.sync, name="chat_sync"),
    path("w/<slug:token>/files", views.upload, name="chat_upload"),
    path("w/<slug:token>/files/<uuid:file_id>", views.download, name="chat_download"),
    path("w/<slug:token>/email", views.email, name="chat_email"),
]
