"""Anymail's views that would call the service back, kept from the network.

Reading a request must cost no call: what is elsewhere is fetched by a job. What the
request itself holds is read here; `content_elsewhere` on a message says that its text
or files still have to be fetched.
"""

from typing import Any

from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, EventType
from anymail.webhooks import amazon_ses, brevo, mailtrap, resend
from anymail.webhooks.base import AnymailBaseWebhookView

from channels_inbound.payload import dict_at, dicts_at, list_at, text_at


class AmazonSESTracking(amazon_ses.AmazonSESTrackingWebhookView):
    """Bounces, complaints and deliveries from SES; subscriptions are not confirmed."""

    def __init__(self, **options: Any) -> None:
        """Leave out the client of Amazon, which needs its large library."""
        self.auto_confirm_enabled = False
        AnymailBaseWebhookView.__init__(self, **options)


class AmazonSESInbound(amazon_ses.AmazonSESInboundWebhookView):
    """Mail from SES in the notification; from S3 it has to be fetched."""

    def __init__(self, **options: Any) -> None:
        """Leave out the client of Amazon, which needs its large library."""
        self.auto_confirm_enabled = False
        AnymailBaseWebhookView.__init__(self, **options)

    def fetch_s3_chunks(self, bucket_name: str, object_key: str) -> list[bytes]:
        """Refuse: the notification does not hold the mail."""
        raise ValueError(f"The mail is in S3, {bucket_name}:{object_key}.")


class BrevoInbound(brevo.BrevoInboundWebhookView):
    """Mail from Brevo; its files have to be fetched by their tokens."""

    def __init__(self, **options: Any) -> None:
        """Do without the key that only fetching needs."""
        super().__init__(**{"api_key": ""} | options)

    def _fetch_attachment(self, attachment: dict[str, Any]) -> Any:
        return _empty_file(attachment, kind="ContentType", name="Name")


class ResendInbound(resend.ResendInboundWebhookView):
    """Mail from Resend: who and what about; the text has to be fetched."""

    def __init__(self, **options: Any) -> None:
        """Do without the key that only fetching needs."""
        super().__init__(**{"api_key": ""} | options)

    def esp_to_anymail_event(self, esp_event: dict[str, Any], request: Any) -> Any:
        """Return the event with a message of what the call tells."""
        data = dict_at(esp_event, "data")
        message = AnymailInboundMessage.construct(
            from_email=text_at(data, "from") or None,
            to=", ".join(text for text in list_at(data, "to") if isinstance(text, str)),
            subject=text_at(data, "subject"),
            headers=[("Message-ID", text_at(data, "message_id"))],
            text="",
            attachments=[
                _empty_file(file, kind="content_type", name="filename")
                for file in dicts_at(data, "attachments")
            ],
        )
        message.content_elsewhere = text_at(data, "email_id")
        return AnymailInboundEvent(
            event_type=EventType.INBOUND,
            event_id=request.headers.get("svix-id"),
            esp_event=esp_event,
            message=message,
        )


class MailtrapInbound(mailtrap.MailtrapInboundWebhookView):
    """Mail from Mailtrap: only its id comes, all else has to be fetched."""

    def __init__(self, **options: Any) -> None:
        """Do without the key that only fetching needs."""
        super().__init__(**{"api_token": ""} | options)

    def esp_to_anymail_event(self, esp_event: dict[str, Any]) -> Any:
        """Return the event without its message."""
        return AnymailInboundEvent(
            event_type=EventType.INBOUND,
            event_id=f"{esp_event['inbox_id']}/{esp_event['message_id']}",
            esp_event=esp_event,
            message=None,
        )


def _empty_file(described: dict[str, Any], *, kind: str, name: str) -> Any:
    return AnymailInboundMessage.construct_attachment(
        content_type=text_at(described, kind) or "application/octet-stream",
        content=b"",
        filename=text_at(described, name) or "file",
    )
