"""The shop and the customers' mailbox, for the demo and tests alone."""

from django.urls import path

from omnidesk.simulator import mailbox, shop

app_name = "simulator"
urlpatterns = [
    path("", shop.shop, name="shop"),
    path("mailbox/", mailbox.index, name="mailbox"),
    path("mailbox/write/", mailbox.write, name="write"),
    path("mailbox/<str:name>/", mailbox.mail, name="mail"),
    path("mailbox/<str:name>/html/", mailbox.html, name="mail_html"),
]
