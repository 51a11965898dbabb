"""What a provider signed is read; what it did not sign is answered 403 and not read."""

import base64
import datetime
import hashlib
import hmac
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from channels_inbound import providers
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest
from tests.channels_inbound.providers.calls import (
    CHANNELS,
    MESSAGES,
    META,
    NOW,
    SECRET,
    SETTINGS,
    URL,
    call,
    jwt,
    messagebird_claims,
    vonage_signature,
)

SIGN_THE_URL = ["sms.messagebird", "sms.plivo", "sms.twilio", "whatsapp.twilio"]
# Telegram sends a password, which says nothing of the body.
SIGN_THE_BODY = [channel for channel in CHANNELS if channel != "telegram"]
SIGN_THE_TIME = ["sms.messagebird", "sms.telnyx", "sms.vonage"]


def assert_refused(reading: Reading) -> None:
    assert reading.status_code == 403
    assert not reading.messages
    assert not reading.statuses
    assert not reading.events


def assert_read(reading: Reading) -> None:
    assert reading.status_code == 200
    assert [message.text for message in reading.messages] == ["Hello"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_the_provider_signed_is_read(channel: str) -> None:
    assert_read(providers.read(channel, call(channel, MESSAGES[channel])))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_request_without_signature_is_refused(channel: str) -> None:
    request = call(channel, MESSAGES[channel])
    if channel == "sms.vonage":
        request = replace(request, body=urlencode(MESSAGES[channel]).encode())
    assert_refused(providers.read(channel, replace(request, headers={})))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_signature_with_another_secret_is_refused(channel: str) -> None:
    request = call(channel, MESSAGES[channel], secret="somebody else's")
    assert_refused(providers.read(channel, request))


@pytest.mark.parametrize("channel", SIGN_THE_BODY)
def test_a_body_that_was_changed_is_refused(channel: str) -> None:
    request = call(channel, MESSAGES[channel])
    request = replace(request, body=request.body.replace(b"Hello", b"Hella"))
    assert_refused(providers.read(channel, request))


@pytest.mark.parametrize("channel", SIGN_THE_URL)
def test_a_request_signed_for_another_url_is_refused(channel: str) -> None:
    request = call(channel, MESSAGES[channel], url="http://support.shop.example/")
    assert_refused(providers.read(channel, replace(request, url=URL)))


@pytest.mark.parametrize("channel", SIGN_THE_URL)
def test_a_query_is_part_of_the_signed_url(channel: str) -> None:
    request = call(channel, MESSAGES[channel], url=f"{URL}?a=1&b=2")
    assert_read(providers.read(channel, request))
    assert_refused(providers.read(channel, replace(request, url=f"{URL}?a=1&b=3")))


@pytest.mark.parametrize("minutes", [-10, 10])
@pytest.mark.parametrize("channel", SIGN_THE_TIME)
def test_a_request_from_another_time_is_refused(channel: str, minutes: int) -> None:
    at = NOW + datetime.timedelta(minutes=minutes)
    assert_refused(providers.read(channel, call(channel, MESSAGES[channel], at=at)))


@pytest.mark.parametrize("channel", CHANNELS)
def test_two_secrets_are_valid_while_one_replaces_the_other(channel: str) -> None:
    [name] = SETTINGS[channel].keys() & {
        "app_secret",
        "auth_token",
        "channel_secret",
        "public_key",
        "secret_token",
        "signature_secret",
        "signing_key",
    }
    old, new = SETTINGS[channel][name], "bmV3IG9uZQ=="
    for secrets in ({name: new, f"{name}_previous": old}, {name: [new, old]}):
        settings = SETTINGS[channel] | secrets
        assert_read(
            providers.read(channel, call(channel, MESSAGES[channel], settings=settings))
        )


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_account_in_use_without_its_secret_refuses_everything(channel: str) -> None:
    request = call(channel, MESSAGES[channel], settings={})
    assert_refused(providers.read(channel, request))


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_empty_secret_never_agrees(channel: str) -> None:
    empty = dict.fromkeys(SETTINGS[channel], "")
    request = call(channel, MESSAGES[channel], settings=empty, secret="", trusting=True)
    assert_refused(providers.read(channel, request))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_signature_of_strange_characters_is_refused(channel: str) -> None:
    request = call(channel, MESSAGES[channel])
    headers = dict.fromkeys(request.headers, "sha256=é�, ,x")
    if channel == "sms.vonage":
        body = urlencode(MESSAGES[channel] | {"sig": "é"}).encode()
        request = replace(request, body=body)
    assert_refused(providers.read(channel, replace(request, headers=headers)))


def test_the_older_signature_of_meta_proves_nothing() -> None:
    request = call("messenger", MESSAGES["messenger"])
    old = hmac.new(SECRET.encode(), request.body, "sha1").hexdigest()
    for name, value in {
        "x-hub-signature": f"sha1={old}",
        "x-hub-signature-256": f"sha1={old}",
    }.items():
        forged = replace(request, headers={name: value})
        assert_refused(providers.read("messenger", forged))


def test_a_shared_key_of_twilio_signs_with_sha256() -> None:
    request = call("sms.twilio", {"MessageSid": "m1", "From": "+4915100001111"})
    signed = f"{URL}From+4915100001111MessageSidm1".encode()
    for algorithm, named in (("sha256", "HMAC_SHA256"), ("sha1", "HMAC_SHA256")):
        made = base64.b64encode(hmac.digest(SECRET.encode(), signed, algorithm))
        headers = {
            "x-twilio-signature": made.decode(),
            "x-twilio-webhooks-signature-settings": f"key=k1,algorithm={named}",
        }
        reading = providers.read("sms.twilio", replace(request, headers=headers))
        assert reading.status_code == (200 if algorithm == "sha256" else 403)


@pytest.mark.parametrize("port", ["", ":443"])
def test_twilio_may_sign_with_or_without_the_port(port: str) -> None:
    signed = URL.replace(".example", f".example{port}")
    request = call("sms.twilio", MESSAGES["sms.twilio"], url=signed)
    for url in (URL, URL.replace(".example", ".example:443")):
        assert_read(providers.read("sms.twilio", replace(request, url=url)))


def test_one_of_plivos_list_of_signatures_is_enough() -> None:
    request = call("sms.plivo", MESSAGES["sms.plivo"])
    given = request.headers["x-plivo-signature-v3"]
    headers = dict(request.headers) | {"x-plivo-signature-v3": f"AAAA, {given}"}
    assert_read(providers.read("sms.plivo", replace(request, headers=headers)))


def test_plivos_second_version_is_not_taken_because_it_leaves_the_text_unsigned() -> (
    None
):
    request = call("sms.plivo", MESSAGES["sms.plivo"])
    made = base64.b64encode(hmac.digest(SECRET.encode(), f"{URL}n1".encode(), "sha256"))
    headers = {
        "x-plivo-signature-v2": made.decode(),
        "x-plivo-signature-v2-nonce": "n1",
    }
    assert_refused(providers.read("sms.plivo", replace(request, headers=headers)))


BODY = b"id=m1&originator=4915100001111&body=Hello"
CLAIMS = messagebird_claims(BODY, URL, NOW)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b.c",
        jwt(CLAIMS, SECRET, algorithm="none"),
        jwt(CLAIMS, SECRET, algorithm="RS256"),
        jwt(CLAIMS | {"iss": "Somebody"}, SECRET),
        jwt(CLAIMS | {"exp": "soon"}, SECRET),
        jwt(CLAIMS | {"payload_hash": 5}, SECRET),
        jwt({k: v for k, v in CLAIMS.items() if k != "exp"}, SECRET),
        jwt({k: v for k, v in CLAIMS.items() if k != "payload_hash"}, SECRET),
        jwt({k: v for k, v in CLAIMS.items() if k != "url_hash"}, SECRET),
        jwt(CLAIMS, SECRET) + "=",
        jwt(CLAIMS, SECRET)[:-2],
    ],
)
def test_a_token_that_leaves_something_open_is_refused(token: str) -> None:
    request = replace(
        call("sms.messagebird", BODY),
        headers={"messagebird-signature-jwt": token},
    )
    assert_refused(providers.read("sms.messagebird", request))


def test_a_token_for_an_empty_body_says_nothing_of_a_body() -> None:
    url = f"{URL}?id=m1&status=delivered"
    for claims, code in (
        (messagebird_claims(b"", url, NOW), 200),
        (messagebird_claims(b"x", url, NOW), 403),
    ):
        request = ProviderRequest(
            method="GET",
            url=url,
            headers={"messagebird-signature-jwt": jwt(claims, SECRET)},
            settings=SETTINGS["sms.messagebird"],
            received_at=NOW,
        )
        assert providers.read("sms.messagebird", request).status_code == code


@pytest.mark.parametrize("method", ["md5hash", "md5", "sha1", "sha512", "rot13"])
def test_vonage_signs_by_the_method_of_the_settings(method: str) -> None:
    parameters = MESSAGES["sms.vonage"] | {"text": "Hello"}
    signed = "".join(f"&{k}={parameters[k]}" for k in sorted(parameters)).encode()
    if method == "md5hash":
        made = hashlib.md5(signed + SECRET.encode()).hexdigest()  # noqa: S324
    else:
        name = "sha256" if method == "rot13" else method
        made = hmac.new(SECRET.encode(), signed, name).hexdigest()
    request = replace(
        call("sms.vonage", urlencode(parameters | {"sig": made}).encode()),
        settings=SETTINGS["sms.vonage"] | {"signature_method": method},
    )
    reading = providers.read("sms.vonage", request)
    assert reading.status_code == (403 if method == "rot13" else 200)


def test_vonage_may_sign_a_query() -> None:
    parameters = MESSAGES["sms.vonage"] | {"text": "a=b & c"}
    signed = urlencode(parameters | {"sig": vonage_signature(parameters, SECRET)})
    request = replace(
        call("sms.vonage", b""), method="GET", url=f"{URL}?{signed}", headers={}
    )
    reading = providers.read("sms.vonage", request)
    assert [message.text for message in reading.messages] == ["a=b & c"]
    other = replace(request, url=request.url.replace("msisdn=49", "msisdn=48"))
    assert_refused(providers.read("sms.vonage", other))


def vonage_with_token(body: bytes, **changed: object) -> ProviderRequest:
    claims = {
        "iat": int(NOW.timestamp()),
        "payload_hash": hashlib.sha256(b'{"message_uuid":"m1"}').hexdigest(),
    } | changed
    return replace(
        call("sms.vonage", body),
        headers={"authorization": f"Bearer {jwt(claims, SECRET)}"},
    )


def test_a_token_of_vonage_covers_the_body() -> None:
    good = vonage_with_token(b'{"message_uuid":"m1"}')
    assert providers.read("sms.vonage", good).status_code == 200
    for forged in (
        vonage_with_token(b'{"message_uuid":"m2"}'),
        vonage_with_token(b'{"message_uuid":"m1"}', iat=0),
        vonage_with_token(b'{"message_uuid":"m1"}', payload_hash=None),
        replace(vonage_with_token(b""), url=f"{URL}?messageId=m1&msisdn=49151&text=x"),
    ):
        assert_refused(providers.read("sms.vonage", forged))


@pytest.mark.parametrize("channel", ["instagram", "messenger", "whatsapp.cloud"])
@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("hub.mode=subscribe&hub.verify_token=typed+at+Meta", "<b>42"),
        ("hub.mode=subscribe&hub.verify_token=guessed", None),
        ("hub.mode=subscribe&hub.verify_token=", None),
        ("hub.mode=subscribe", None),
        ("hub.mode=other&hub.verify_token=typed+at+Meta", None),
    ],
)
def test_a_handshake_is_answered_to_who_knows_the_token(
    channel: str, query: str, answer: str | None
) -> None:
    request = ProviderRequest(
        method="GET",
        url=f"{URL}?{query}&hub.challenge=%3Cb%3E42",
        settings=SETTINGS[channel],
    )
    reading = providers.read(channel, request)
    assert reading.status_code == (403 if answer is None else 200)
    assert reading.response_body == (answer or "")


def test_a_handshake_needs_a_token_in_the_settings() -> None:
    for settings in ({}, META | {"verify_token": ""}, META | {"verify_token": None}):
        request = ProviderRequest(
            method="GET",
            url=f"{URL}?hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
            settings=settings,
            trusting=True,
        )
        assert_refused(providers.read("messenger", request))
