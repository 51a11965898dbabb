import json
from typing import Any
from unittest import mock

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.sessions.models import Session
from django.template import loader
from django.test import TransactionTestCase

from conversations import access, actions, actor
from conversations.models import Conversation
from customers.models import Scheme
from omnidesk.accounts.models import User
from omnidesk.console import frames, groups, hub, pieces
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    make_agent,
    receive,
)
from tests.omnidesk.console.screens import (
    ORIGIN,
    PATIENCE,
    close_readers,
    cookie_of,
    knock,
    screen_of,
    screens_of,
)


class LiveTests(TransactionTestCase):
    def setUp(self) -> None:
        self.addCleanup(close_readers)
        self.account = ChatAccountFactory.create()
        self.inbox = self.account.inbox
        self.maya = make_agent(inbox=self.inbox, name="Maya Ortiz")
        self.jonas = make_agent(inbox=self.inbox, name="Jonas Weber")
        self.stranger = make_agent(inbox=InboxFactory.create())
        self.conversation = receive(
            self.account, "Where is my parcel?", sender="visitor-1"
        ).conversation

    async def write(self, text: str = "Any news?") -> Any:
        return await sync_to_async(receive)(self.account, text, sender="visitor-1")

    async def change(self, **values: Any) -> Conversation:
        return await sync_to_async(actions.prioritize)(
            self.conversation, by=actor.SYSTEM, **values
        )

    async def test_a_message_reaches_the_list_of_an_agent_who_may_see_it(self) -> None:
        async with screen_of(self.maya) as screen:
            message = await self.write("Any news?")

            frame = await screen.hear("row")

        assert frame["conversation"] == message.conversation_id
        assert frame["version"] == self.conversation.version + 1
        assert frame["lists"] == ["needs_reply", "mine", "unassigned", "open"]
        assert frame["assignee"] is None
        assert "Any news?" in frame["html"]

    async def test_a_message_reaches_nobody_who_may_not_see_it(self) -> None:
        async with screen_of(self.stranger) as screen:
            await screen.open(self.conversation)
            await self.write()
            await groups.asend(
                {
                    groups.conversation(self.conversation.pk): {
                        "type": "customer.typing",
                        "conversation": self.conversation.pk,
                        "name": "Ana",
                    }
                }
            )
            await self.nothing_more(screen)

    async def nothing_more(self, screen: Any) -> None:
        # What came before a message of the stranger's own inbox would be heard first.
        account = await sync_to_async(EmailAccountFactory.create)(
            inbox=await sync_to_async(access.inboxes_of(self.stranger).get)()
        )
        own = await sync_to_async(receive)(account, "Mine.", sender="bo@example.com")
        await screen.say(type="ping")
        assert (await screen.hear("row"))["conversation"] == own.conversation_id

    async def test_a_bubble_reaches_the_screen_that_shows_its_thread(self) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            message = await self.write("Any news?")

            frame = await screen.hear("message.added")

        assert frame["version"] == self.conversation.version + 1
        assert "Any news?" in frame["items"][f"message-{message.pk}"]
        assert frame["parts"].keys() == {"header", "handoff"}
        assert frame["announce"].endswith("Any news?")

    async def test_a_bubble_stays_away_from_a_screen_that_shows_another_thread(
        self,
    ) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await screen.say(type="close")
            await screen.say(type="ping")
            await screen.hear("pong")
            await self.write()

            heard = await screen.heard_until("row")

        assert "message.added" not in [frame["type"] for frame in heard]

    async def test_a_change_brings_the_header_and_its_activity_line(self) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await self.change(priority=1)

            frame = await screen.hear("conversation.changed")

        entry = await self.conversation.timeline.aget(verb="prioritized")
        assert list(frame["items"]) == [f"entry-{entry.pk}"]
        assert f'data-version="{frame["version"]}"' in frame["parts"]["header"]

    async def test_what_a_message_brought_about_comes_with_it(self) -> None:
        resolved = await sync_to_async(actions.resolve)(
            self.conversation, by=actor.SYSTEM
        )
        async with screen_of(self.maya) as screen:
            await screen.open(resolved)
            message = await self.write()

            frame = await screen.hear("message.added")

        entry = await self.conversation.timeline.aget(verb="reopened")
        assert list(frame["items"]) == [f"message-{message.pk}", f"entry-{entry.pk}"]

    async def test_versions_follow_each_other_without_a_gap(self) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await self.write("One.")
            await self.change(priority=1)
            await self.write("Two.")

            versions = [
                (await screen.hear(kind))["version"]
                for kind in ("message.added", "conversation.changed", "message.added")
            ]

        first = self.conversation.version
        assert versions == [first + 1, first + 2, first + 3]

    async def test_a_message_is_rendered_once_for_many_sockets(self) -> None:
        rendered = []
        original = loader.render_to_string

        def counting(name: str, *args: Any) -> str:
            rendered.append(name)
            return original(name, *args)

        patched = mock.patch.object(pieces, "render_to_string", counting)
        patched.start()
        self.addCleanup(patched.stop)
        async with screens_of([self.maya, self.jonas, self.maya]) as screens:
            for screen in screens:
                await screen.open(self.conversation)
            rendered.clear()
            await self.write()
            texts = [
                json.dumps(await screen.hear("message.added")) for screen in screens
            ]

        assert len(set(texts)) == 1
        assert rendered.count("console/_message.html") == 1
        assert rendered.count("console/_row.html") == 1

    async def test_a_screen_in_another_language_is_told_to_ask(self) -> None:
        socket = knock(
            await sync_to_async(cookie_of)(self.maya), path="/ws/console/?language=ar"
        )
        await socket.connect(timeout=PATIENCE)
        await socket.send_to(text_data='{"type": "ping"}')
        assert await socket.receive_json_from(timeout=PATIENCE) == {"type": "pong"}

        await self.write()

        frame = await socket.receive_json_from(timeout=PATIENCE)
        await socket.disconnect()
        assert frame == {"type": "stale", "conversation": self.conversation.pk}

    async def test_a_foreign_page_gets_no_socket(self) -> None:
        cookie = await sync_to_async(cookie_of)(self.maya)
        for origin in ("https://evil.example", "null", None):
            socket = knock(cookie, origin=origin)

            connected, _ = await socket.connect(timeout=PATIENCE)

            assert not connected, origin
            await socket.disconnect()

    async def test_nobody_gets_a_socket_without_signing_in(self) -> None:
        for cookie in ("", "sessionid=made-up"):
            socket = knock(cookie, origin=ORIGIN)

            connected, _ = await socket.connect(timeout=PATIENCE)

            assert not connected
            await socket.disconnect()

    async def test_every_wrong_frame_gets_the_same_answer(self) -> None:
        wrong: list[str] = [
            '{"type": "base"}',
            '{"type": "__init__"}',
            '{"type": "_sync"}',
            '{"event": "ping"}',
            '{"type": ["ping"]}',
            '{"type": "open"}',
            '{"type": "open", "thread": {"conversation": "1", "version": 1}}',
            '{"type": "open", "thread": {"conversation": -1, "version": 1, "messages": {}}}',
            '{"type": "sync", "rows": {"desk.inbox.*": 1}}',
            '{"type": "typing", "kind": "shout"}',
            '{"type": "seen", "message": true}',
            "[]",
            "not JSON",
            "[" * 20000,
            '{"type": "ping", "filler": "%s"}' % ("x" * frames.FRAME_BYTES),
        ]
        async with screen_of(self.maya) as screen:
            for text in wrong:
                await screen.socket.send_to(text_data=text)

                answer = await screen.socket.receive_json_from(timeout=PATIENCE)

                assert answer == {"type": "error"}, text[:80]

    async def test_a_hidden_thread_and_none_at_all_look_the_same(self) -> None:
        async with screen_of(self.stranger) as screen:
            hidden = await screen.open(self.conversation)
            absent = await screen.open(Conversation(pk=self.conversation.pk + 999))

        assert hidden == {"conversation": self.conversation.pk, "gone": True}
        assert absent == {"conversation": self.conversation.pk + 999, "gone": True}

    async def test_a_right_taken_away_ends_the_socket(self) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await self.maya.teams.aclear()

            code = await screen.closing_code()

        assert code == frames.RIGHTS_CHANGED

    async def test_a_frame_after_a_right_was_taken_away_is_not_heard(self) -> None:
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await self.maya.teams.aclear()
            await hub.hub().read_rights()
            await self.write("A secret.")

            code = await screen.closing_code()

        assert code == frames.RIGHTS_CHANGED

    async def test_a_lead_who_becomes_an_agent_loses_the_socket(self) -> None:
        lead = await sync_to_async(make_agent)(role=User.Role.LEAD)
        async with screen_of(lead) as screen:
            await User.objects.filter(pk=lead.pk).aupdate(role=User.Role.AGENT)

            assert await screen.closing_code() == frames.RIGHTS_CHANGED

    async def test_signing_out_ends_the_socket(self) -> None:
        async with screen_of(self.maya) as screen:
            await Session.objects.all().adelete()

            assert await screen.closing_code() == frames.SIGNED_OUT

    async def test_a_deactivated_account_loses_its_socket(self) -> None:
        async with screen_of(self.maya) as screen:
            await User.objects.filter(pk=self.maya.pk).aupdate(is_active=False)

            assert await screen.closing_code() == frames.SIGNED_OUT

    async def test_another_password_ends_the_sockets_of_the_old_one(self) -> None:
        async with screen_of(self.maya) as screen:
            self.maya.set_password("another battery staple")
            await self.maya.asave(update_fields=["password"])

            assert await screen.closing_code() == frames.SIGNED_OUT

    async def test_a_new_team_is_heard_without_connecting_anew(self) -> None:
        async with screen_of(self.stranger) as screen:
            await self.stranger.teams.aadd(await self.inbox.teams.afirst())
            await hub.hub().read_rights()
            message = await self.write()

            frame = await screen.hear("row")

        assert frame["conversation"] == message.conversation_id

    async def test_frames_are_withheld_when_rights_cannot_be_read(self) -> None:
        async with screen_of(self.maya) as screen:
            hub.hub().rights_read_at -= hub.TRUST_SECONDS + 1
            hub.hub().deliver(
                groups.frame(groups.inbox(self.inbox.pk), 1, '{"type": "late"}')
            )
            await screen.say(type="ping")

            assert await screen.heard_until("pong") == []

    async def test_a_stalled_screen_is_closed_and_delays_nobody(self) -> None:
        async with screens_of([self.maya, self.jonas]) as screens:
            stalled = next(
                s for s in hub.hub().seats if s.claim.user_id == self.maya.pk
            )
            # A client that reads nothing: what is queued is never taken out.
            queue, stalled.queue = stalled.queue, type(stalled.queue)()
            group = groups.inbox(self.inbox.pk)
            frame = groups.frame(group, 1, '{"type": "row"}')
            for _ in range(hub.QUEUE_LENGTH + 1):
                hub.hub().deliver(frame)
                await screens[1].hear("row")

            assert stalled.ended
            assert stalled.queue.get_nowait() == frames.STALLED
            queue.put_nowait(frames.STALLED)
            assert await screens[0].closing_code() == frames.STALLED

    async def test_the_last_socket_takes_the_hub_with_it(self) -> None:
        async with screen_of(self.maya):
            before = hub.hub()
            assert before.subscribed == {groups.inbox(self.inbox.pk)}

        assert before.subscribed == set()
        assert before.seats == set()
        assert hub.hub() is not before

    async def test_a_flood_of_frames_ends_the_socket(self) -> None:
        async with screen_of(self.maya) as screen:
            for _ in range(70):
                await screen.say(type="ping")

            assert await screen.closing_code() == frames.TOO_MUCH

    async def test_colleagues_see_who_is_there_and_who_replies(self) -> None:
        async with screens_of([self.maya, self.jonas]) as screens:
            await screens[0].open(self.conversation)
            await screens[0].hear("presence")
            await screens[1].open(self.conversation)
            assert {
                (person["name"], person["state"])
                for person in (await screens[0].hear("presence"))["people"]
            } == {("Maya", "viewing"), ("Jonas", "viewing")}

            await screens[1].say(type="typing", kind="reply")

            people = (await screens[0].hear("presence"))["people"]
            assert {person["name"]: person["state"] for person in people} == {
                "Jonas": "replying",
                "Maya": "viewing",
            }

            await screens[1].say(type="close")

            people = (await screens[0].hear("presence"))["people"]
            assert [person["name"] for person in people] == ["Maya"]

    async def test_a_customer_who_types_is_seen_by_who_has_the_thread_open(
        self,
    ) -> None:
        number = self.conversation.pk
        async with screen_of(self.maya) as screen:
            await screen.open(self.conversation)
            await groups.asend(
                {
                    groups.conversation(number): {
                        "type": "customer.typing",
                        "conversation": number,
                        "name": "Ana",
                    }
                }
            )

            frame = await screen.hear("customer.typing")

        assert frame["name"] == "Ana"

    async def test_opening_brings_what_came_since_the_page_was_made(self) -> None:
        message = await self.write("In between.")
        async with screen_of(self.maya) as screen:
            answer = await screen.open(self.conversation)

        assert f"message-{message.pk}" in answer["items"]

    async def test_the_visitor_learns_of_replies_and_never_of_notes(self) -> None:
        chat = await sync_to_async(ChatAccountFactory.create)(inbox=self.inbox)
        message = await sync_to_async(receive)(chat, "Hello?", sender="visitor-1")
        assert message.identity is not None
        assert message.identity.scheme == Scheme.CHAT
        layer = get_channel_layer()
        window = await layer.new_channel()
        await layer.group_add(groups.visitor(message.identity.pk), window)
        async with screen_of(self.maya) as screen:
            await screen.open(message.conversation)
            await screen.say(type="typing", kind="note")
            await screen.say(type="typing", kind="reply")

            heard = await layer.receive(window)

        await layer.flush()
        assert heard == {"type": "chat.typing", "name": "Maya", "on": True}

    def test_an_absent_redis_breaks_nothing(self) -> None:
        layers = {
            "default": {
                **settings.CHANNEL_LAYERS["default"],
                "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
            }
        }
        self.addCleanup(setattr, groups, "_silent_until", 0.0)
        with (
            self.settings(CHANNEL_LAYERS=layers),
            self.assertLogs(groups.logger, "WARNING") as logs,
        ):
            message = receive(self.account, "Still here.", sender="visitor-1")

        assert len(logs.records) == 1
        assert message.conversation.messages.count() == 2
