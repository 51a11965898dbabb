"""A visitor's browser as the widget's doors see it: a token, and nothing else."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_inbound.models import ChannelAccount

# What a Django test client answers; its class is private to the client.
Response = Any


class Browser:
    """One browser that has opened the widget of an account."""

    def __init__(self, account: ChannelAccount, **session: Any) -> None:
        self.account = account
        self.client = Client()
        self.token = ""
        self.session = self.open(**session)

    def open(self, **said: Any) -> dict[str, Any]:
        """Begin a session and keep its token."""
        response = self.request("session", **said)
        assert response.status_code == 200, response.content
        self.session = response.json()
        self.token = self.session["token"]
        return self.session

    def request(self, path: str, **said: Any) -> Response:
        """Post JSON to a door."""
        return self.client.post(
            self.url(path),
            json.dumps(said),
            content_type="application/json",
            headers=self.headers(),
        )

    def write(self, text: str = "Where is my parcel?", **said: Any) -> Response:
        """Post a message, with an id of its own unless one is given."""
        return self.request(
            "messages", **{"id": uuid.uuid4().hex, "text": text, **said}
        )

    def send_file(self, name: str, content: bytes, **said: Any) -> Response:
        """Post a file."""
        return self.client.post(
            self.url("files"),
            {
                "id": uuid.uuid4().hex,
                "file": SimpleUploadedFile(name, content),
                **said,
            },
            headers=self.headers(),
        )

    def sync(self, **query: str) -> dict[str, Any]:
        """Ask what is new."""
        response = self.client.get(self.url("sync"), query, headers=self.headers())
        assert response.status_code == 200, response.content
        found: dict[str, Any] = response.json()
        return found

    def texts(self) -> list[str]:
        """Return what the window shows from the start."""
        return [item["text"] for item in self.sync()["items"] if "text" in item]

    def url(self, path: str) -> str:
        return f"/w/{self.account.token}/{path}"

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def sign_id(account: ChannelAccount, user_id: str) -> str:
    """Return the hash a site gives for its user."""
    secret = account.settings["secret"].encode()
    return hmac.new(secret, user_id.encode(), hashlib.sha256).hexdigest()


def sign_jwt(
    account: ChannelAccount,
    *,
    secret: str | None = None,
    alg: str = "HS256",
    **claims: Any,
) -> str:
    """Return a JSON Web Token of a site for its user, good for five minutes."""
    claims = {"exp": time.time() + 300, **claims}
    parts = [
        _encode(json.dumps(part).encode())
        for part in ({"alg": alg, "typ": "JWT"}, claims)
    ]
    signed = ".".join(parts)
    key = (secret if secret is not None else account.settings["secret"]).encode()
    mac = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_encode(mac)}"


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
