import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from channels_redis.pubsub import RedisPubSubLoopLayer
from django.test import TransactionTestCase

from channels_inbound.adapters.chat import consumers, push
from channels_inbound.models import ChannelAccount
from conversations import actions, actor
from conversations.models import Conversation, Handoff, Message
from customers.models import Identity
from omnidesk.accounts.models import User
from omnidesk.sockets import sockets
from tests.channels_inbound.chat.browser import Browser
from tests.factories import ChatAccountFactory, InboxFactory, answer, make_agent

CANARY = "canary-7f3a"


async def _fail(*_args: object) -> None:
    raise OSError("Redis is away.")


class Window:
    """A visitor's socket, spoken with in frames."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.socket = WebsocketCommunicator(sockets, "/ws/chat/")
        self.cursor = ""

    async def open(self, after: str = "") -> dict[str, Any]:
        connected, _ = await self.socket.connect(timeout=10)
        assert connected
        return await self.ask("hello", token=self.browser.token, after=after)

    async def ask(self, kind: str, **frame: Any) -> dict[str, Any]:
        await self.say(kind, **frame)
        return await self.hear()

    async def say(self, kind: str, **frame: Any) -> None:
        await self.socket.send_to(json.dumps({"type": kind, **frame}))

    async def hear(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await self.socket.receive_from(timeout=10))
        self.cursor = frame.get("cursor", self.cursor)
        return frame

    async def close(self) -> None:
        await self.socket.disconnect()


def texts(frame: dict[str, Any]) -> list[str]:
    return [item["text"] for item in frame["items"] if "text" in item]


class TestVisitorSocket(TransactionTestCase):
    account: ChannelAccount
    browser: Browser
    agent: User

    def setUp(self) -> None:
        self.account = ChatAccountFactory.create(inbox=InboxFactory.create())
        self.browser = Browser(self.account)
        self.agent = make_agent(inbox=self.account.inbox, name="Maya Ortiz")

    def write(self, text: str) -> Message:
        self.browser.write(text)
        return Message.objects.select_related("conversation", "via", "identity").get(
            text=text
        )

    def reply(self, text: str) -> Message:
        message = Message.objects.filter(direction="inbound").select_related(
            "conversation", "via", "identity"
        )[0]
        return answer(message, self.agent, text)

    async def test_a_reply_reaches_the_open_window(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        first = await window.open()

        await sync_to_async(self.reply)("Hello Ana")

        assert texts(first) == ["Hello"]
        assert texts(await window.hear()) == ["Hello Ana"]
        await window.close()
        assert await Message.objects.filter(delivery="sent").acount() == 1

    async def test_a_window_opened_before_the_first_message_hears_the_reply(
        self,
    ) -> None:
        window = Window(self.browser)
        empty = await window.open()
        await sync_to_async(self.write)("Hello")
        mine = await window.ask("sync", after=window.cursor)

        await sync_to_async(self.reply)("Hello Ana")

        assert texts(empty) == []
        assert texts(mine) == ["Hello"]
        assert texts(await window.hear()) == ["Hello Ana"]
        await window.close()

    async def test_what_was_missed_comes_once_when_the_window_is_back(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()
        await window.close()
        for text in ("One", "Two", "Three"):
            await sync_to_async(self.reply)(text)

        again = Window(self.browser)
        missed = await again.open(after=window.cursor)
        nothing = await again.ask("sync", after=again.cursor)

        assert texts(missed) == ["One", "Two", "Three"]
        assert nothing["items"] == []
        await again.close()

    async def test_a_push_that_was_lost_is_made_up_for_by_the_next_question(
        self,
    ) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()
        with pytest.MonkeyPatch.context() as broken:
            broken.setattr(push, "_send", lambda *_sent: None)
            await sync_to_async(self.reply)("Lost")

        await sync_to_async(self.reply)("Heard")

        assert texts(await window.hear()) == ["Lost", "Heard"]
        await window.close()

    async def test_without_redis_the_window_still_gets_what_it_asks_for(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        with pytest.MonkeyPatch.context() as broken:
            broken.setattr(RedisPubSubLoopLayer, "group_add", _fail)
            first = await window.open()

        again = await window.ask("sync", after=window.cursor)

        assert texts(first) == ["Hello"]
        assert again["type"] == "messages"
        await sync_to_async(self.reply)("Hello Ana")
        assert texts(await window.hear()) == ["Hello Ana"]
        await window.close()

    async def test_a_second_tab_sees_what_the_first_one_writes(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()

        await sync_to_async(self.write)("From the first tab")

        assert texts(await window.hear()) == ["From the first tab"]
        await window.close()

    async def test_an_accepted_handoff_is_said_at_once(self) -> None:
        message = await sync_to_async(self.write)("Hello")
        await Conversation.objects.aupdate(handler="bot")
        await sync_to_async(actions.hand_off)(
            message.conversation, reason=Handoff.Reason.WISH, by=actor.BOT
        )
        window = Window(self.browser)
        await window.open()

        await sync_to_async(actions.accept)(
            message.conversation, by=actor.agent(self.agent)
        )
        frame = await window.hear()

        assert [(i["kind"], i["author"]["name"]) for i in frame["items"]] == [
            ("arrival", "Maya")
        ]
        await window.close()

    async def test_a_note_makes_no_frame(self) -> None:
        message = await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()

        await sync_to_async(actions.note)(
            message.conversation, text=CANARY, by=actor.agent(self.agent)
        )
        nothing = await window.ask("sync", after=window.cursor)

        assert nothing["items"] == []
        assert await window.socket.receive_nothing()
        await window.close()

    async def test_an_agent_who_types_is_shown_by_first_name(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()
        identity = await Identity.objects.aget(scheme="chat")

        await sync_to_async(push.typing)(identity.pk, name="Maya", on=True)

        assert await window.hear() == {"type": "typing", "name": "Maya", "on": True}
        await window.close()

    async def test_what_the_window_has_shown_is_read(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()
        await sync_to_async(self.reply)("Hello Ana")
        shown = (await window.hear())["items"][-1]["id"]

        await window.say("seen", ids=[shown], read=False)
        await window.ask("ping")
        delivered = await Message.objects.aget(uuid=shown)
        await window.say("seen", ids=[shown, "x", None], read=True)
        await window.ask("ping")
        await window.say("seen", ids=[shown], read=False)
        await window.ask("ping")
        read = await Message.objects.aget(uuid=shown)

        assert delivered.delivery == "delivered"
        assert read.delivery == "read"
        await window.close()

    async def test_nobody_can_say_that_anothers_message_was_read(self) -> None:
        await sync_to_async(self.write)("Hello")
        message = await sync_to_async(self.reply)("Hello Ana")
        other = await sync_to_async(Browser)(self.account)
        await sync_to_async(other.write)("Let me see")
        window = Window(other)
        await window.open()

        await window.say("seen", ids=[message.uuid.hex], read=True)
        await window.ask("ping")

        await message.arefresh_from_db()
        assert message.delivery == "sent"
        await window.close()

    async def test_frames_outside_the_table_get_one_answer(self) -> None:
        window = Window(self.browser)
        await window.open()
        strange = [
            '{"type": "base"}',
            '{"type": "chat.wake"}',
            '{"type": "__class__"}',
            '{"type": ["hello"]}',
            "[]",
        ]

        answers = []
        for text in strange:
            await window.socket.send_to(text)
            answers.append(await window.hear())

        assert answers == [{"type": "error"}] * 5
        await window.socket.send_to("nonsense")
        assert (await window.socket.receive_output(timeout=10))["code"] == 4429

    async def test_before_hello_nothing_is_answered_but_errors(self) -> None:
        window = Window(self.browser)
        await window.socket.connect(timeout=10)

        assert await window.ask("sync", after="") == {"type": "error"}
        assert await window.ask("ping") == {"type": "error"}
        await window.close()

    async def test_a_wrong_token_closes_the_socket(self) -> None:
        self.browser.token = "wrong"
        window = Window(self.browser)
        await window.socket.connect(timeout=10)

        await window.say("hello", token="wrong")

        assert (await window.socket.receive_output(timeout=10))["code"] == 4401

    async def test_a_socket_cannot_become_somebody_elses(self) -> None:
        other = await sync_to_async(Browser)(self.account)
        window = Window(self.browser)
        await window.open()

        await window.say("hello", token=other.token, after="")

        assert (await window.socket.receive_output(timeout=10))["code"] == 4401

    async def test_a_socket_ends_with_its_account(self) -> None:
        await sync_to_async(self.write)("Hello")
        window = Window(self.browser)
        await window.open()

        await ChannelAccount.objects.aupdate(is_active=False)
        await window.say("sync", after=window.cursor)

        assert (await window.socket.receive_output(timeout=10))["code"] == 4401

    async def test_a_frame_that_is_too_large_closes_the_socket(self) -> None:
        window = Window(self.browser)
        await window.open()

        await window.say("ping", padding="x" * consumers.FRAME_BYTES)

        assert (await window.socket.receive_output(timeout=10))["code"] == 4429

    async def test_a_flood_of_frames_closes_the_socket(self) -> None:
        window = Window(self.browser)
        await window.open()

        for _ in range(consumers.FRAMES + 1):
            await window.say("ping")
        frames = [await window.socket.receive_output(timeout=10) for _ in range(40)]

        assert any(frame.get("code") == 4429 for frame in frames)

    async def test_a_socket_that_says_nothing_is_closed(self) -> None:
        with pytest.MonkeyPatch.context() as hurried:
            hurried.setattr(consumers, "HELLO_SECONDS", 0.01)
            window = Window(self.browser)
            await window.socket.connect(timeout=10)

            assert (await window.socket.receive_output(timeout=10))["code"] == 4408

    async def test_a_visitor_who_types_is_told_to_the_agents(self) -> None:
        message = await sync_to_async(self.write)("Hello")
        told: list[tuple[str, dict[str, Any]]] = []
        window = Window(self.browser)
        await window.open()
        with pytest.MonkeyPatch.context() as listening:
            listening.setattr(push, "_send", lambda *sent: told.append(sent))
            await window.say("typing")
            await window.say("typing")
            await window.ask("ping")

        assert len(told) == 1
        assert told[0][0] == f"desk.conversation.{message.conversation_id}"
        assert "Hello" not in str(told)
        await window.close()
