"""Give a composed mail to an SMTP server, and say honestly what it did with it."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from channels_inbound.adapter import SendError, SendUncertain

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


def send(smtp_url: str, mail: EmailMessage, *, sender: str, recipient: str) -> str:
    """Send to one recipient; return the server's answer.

    Raises SendError for a refusal (4xx may pass, 5xx is final) and SendUncertain
    when the connection broke after the mail was handed over.
    """
    # A local part beyond ASCII needs a server with SMTPUTF8 (RFC 6531), end to end.
    if not recipient.isascii() or any(
        c.isspace() or c in "<>" or not c.isprintable() for c in recipient
    ):
        raise SendError(
            "The recipient is not one mail address.",
            explanation="This is not a mail address that can be written to.",
        )
    server = urlsplit(smtp_url or settings.SMTP_URL)
    connection = _connect(server)
    try:
        return _transfer(connection, mail, sender=sender, recipient=recipient)
    finally:
        connection.close()


def _connect(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "127.0.0.1", server.port or PORTS[server.scheme]
    context = ssl.create_default_context()
    try:
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        connection.ehlo_or_helo_if_needed()
        if server.scheme == "smtp+starttls":
            connection.starttls(context=context)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
    except smtplib.SMTPAuthenticationError as error:
        raise SendError(
            f"{host} refused the sign-in ({error.smtp_code}).",
            explanation="The mail server refused our sign-in. A manager can check "
            "the channel account.",
            retryable=True,
            retry_after=300,
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise SendError(
            f"{host}:{port} cannot be reached: {error}",
            explanation="Our mail server cannot be reached. It will be tried again.",
            retryable=True,
        ) from error
    return connection


def _transfer(
    connection: smtplib.SMTP, mail: EmailMessage, *, sender: str, recipient: str
) -> str:
    raw = mail.as_bytes()
    try:
        _expect(connection.mail(sender, [f"size={len(raw)}"]))
        _expect(connection.rcpt(recipient))
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise SendError(
            f"The connection broke before the mail was sent: {error}",
            explanation="The mail server hung up. It will be tried again.",
            retryable=True,
        ) from error
    try:
        code, answer = connection.data(raw)
    except smtplib.SMTPDataError as error:
        code, answer = error.smtp_code, _as_bytes(error.smtp_error)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise SendUncertain(f"The connection broke after DATA: {error}") from error
    _expect((code, answer))
    return f"{code} {answer.decode('utf-8', 'replace')}"


def _expect(reply: tuple[int, bytes]) -> None:
    code, answer = reply
    if 200 <= code < 300:
        return
    words = answer.decode("utf-8", "replace")
    temporary = 400 <= code < 500
    raise SendError(
        f"{code} {words}",
        explanation=f"The mail server said: {code} {words[:200]}.",
        retryable=temporary,
    )


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
