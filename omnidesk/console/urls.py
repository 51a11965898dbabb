"""Pages of the console."""

from django.urls import path

from omnidesk.console.views import (
    actions,
    attachments,
    desk,
    live,
    messages,
    originals,
    preferences,
    quarantine,
)

app_name = "console"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("rows/", desk.rows, name="rows"),
    path("sync/", live.sync, name="sync"),
    path("c/<int:number>/", desk.conversation, name="conversation"),
    path("c/<int:number>/earlier/", desk.earlier, name="earlier"),
    path("c/<int:number>/panel/", desk.panel, name="panel"),
    path("c/<int:number>/write/", messages.write, name="write"),
    path(
        "c/<int:number>/messages/<int:message_id>/take-back/",
        messages.take_back,
        name="take_back",
    ),
    path(
        "c/<int:number>/messages/<int:message_id>/retry/",
        messages.retry,
        name="retry",
    ),
    path(
        "c/<int:number>/messages/<int:message_id>/quoted/",
        originals.quoted,
        name="quoted",
    ),
    path(
        "c/<int:number>/messages/<int:message_id>/html/",
        originals.html,
        name="html",
    ),
    path(
        "c/<int:number>/attachments/<uuid:uuid>/",
        attachments.attachment,
        name="attachment",
    ),
    path("c/<int:number>/accept/", actions.accept, name="accept"),
    path("c/<int:number>/decline/", actions.decline, name="decline"),
    path("c/<int:number>/assign/", actions.assign, name="assign"),
    path("c/<int:number>/team/", actions.team, name="team"),
    path("c/<int:number>/priority/", actions.priority, name="priority"),
    path("c/<int:number>/snooze/", actions.snooze, name="snooze"),
    path("c/<int:number>/resolve/", actions.resolve, name="resolve"),
    path("c/<int:number>/reopen/", actions.reopen, name="reopen"),
    path("unread/", quarantine.receipts, name="receipts"),
    path("unread/<int:pk>/raw/", quarantine.raw, name="receipt_raw"),
    path("unread/<int:pk>/retry/", quarantine.retry, name="receipt_retry"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/shortcuts/", preferences.shortcuts, name="shortcuts"),
]
