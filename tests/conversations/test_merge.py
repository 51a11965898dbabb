import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from channels_inbound.models import ChannelAccount
from conversations import actions, actor
from conversations.models import Conversation, Message
from customers.models import Customer, Identity, Merge
from tests.factories import (
    ChatAccountFactory,
    InboxFactory,
    answer,
    make_agent,
    receive,
)


def _by() -> actor.Actor:
    return actor.agent(make_agent())


@pytest.fixture
def via(db: None) -> ChannelAccount:
    made: ChannelAccount = ChatAccountFactory.create()
    return made


def test_after_a_merge_the_other_address_goes_on_in_the_same_conversation(
    via: ChannelAccount,
) -> None:
    first = receive(via, sender="visitor-1", verified=True)
    other = receive(via, sender="visitor-2", verified=True)
    actions.resolve(other.conversation, by=_by())
    Conversation.objects.filter(pk=other.conversation_id).update(
        last_activity_at="2020-01-01T00:00Z"
    )

    actions.merge(first.conversation.customer, other.conversation.customer, by=_by())

    again = receive(via, sender="visitor-2", verified=True)
    assert again.conversation == first.conversation


def test_unmerging_gives_each_person_their_own_words_back(via: ChannelAccount) -> None:
    first = receive(via, "I am one", sender="visitor-1", verified=True)
    other = receive(via, "I am two", sender="visitor-2", verified=True)
    Conversation.objects.filter(pk=other.conversation_id).update(
        status="resolved", last_activity_at="2020-01-01T00:00Z"
    )
    link = actions.merge(
        first.conversation.customer, other.conversation.customer, by=_by()
    )
    later = receive(via, "Two again", sender="visitor-2", verified=True)
    said = answer(later, make_agent(), "Hello, two.")

    parts = actions.unmerge(link, by=_by())

    later.refresh_from_db()
    said.refresh_from_db()
    assert parts == [later.conversation]
    assert said.conversation == later.conversation
    assert later.conversation.customer == other.conversation.customer
    assert list(first.conversation.messages.all()) == [first]
    first.conversation.refresh_from_db()
    assert first.conversation.last_message == first
    assert first.conversation.waiting_since == first.created_at


def test_both_sides_are_told_of_a_merge(via: ChannelAccount) -> None:
    first = receive(via, sender="visitor-1")
    other = receive(via, sender="visitor-2")

    link = actions.merge(
        first.conversation.customer,
        other.conversation.customer,
        by=_by(),
        why="same phone",
    )

    entry = other.conversation.timeline.get(verb="merged")
    assert entry.detail["link"] == link.pk
    assert entry.why == "same phone"


class MergeProperties(TestCase):
    """Whatever happens in whatever order, no message is lost or with a stranger."""

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["receive", "answer", "merge", "unmerge"]),
                st.integers(0, 3),
                st.integers(0, 3),
            ),
            max_size=25,
        )
    )
    def test_any_sequence_leaves_each_message_with_its_person(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        via = ChatAccountFactory.create(inbox=InboxFactory.create())
        agent = make_agent(inbox=via.inbox)
        sent = [receive(via, sender=f"visitor-{n}", verified=True).pk for n in range(4)]

        for step, one, other in steps:
            sent += _take(step, one, other, via=via, agent=agent)

        assert set(Message.objects.values_list("pk", flat=True)) == set(sent)
        for message in Message.objects.select_related(
            "identity__customer", "conversation__customer"
        ):
            assert message.identity is not None
            assert (
                message.identity.customer.root_id
                == message.conversation.customer.root_id
            )
        for link in Merge.objects.filter(undone_at=None).order_by("-pk"):
            actions.unmerge(link, by=actor.SYSTEM)
        for message in Message.objects.select_related("identity", "conversation"):
            assert message.identity is not None
            assert message.identity.customer_id == message.conversation.customer_id
        for customer in Customer.objects.all():
            assert customer.root_id == customer.pk


def _take(
    step: str, one: int, other: int, *, via: ChannelAccount, agent: object
) -> list[int]:
    customers = [
        identity.customer
        for identity in Identity.objects.order_by("value").select_related("customer")
    ]
    if step == "receive":
        return [receive(via, sender=f"visitor-{one}", verified=True).pk]
    if step == "answer":
        newest = Message.objects.filter(
            direction="inbound", identity__value=f"visitor-{one}"
        ).latest("pk")
        return [answer(newest, agent).pk]  # type: ignore[arg-type] # an agent
    if step == "merge" and one != other:
        actions.merge(customers[one], customers[other], by=actor.SYSTEM)
    links = Merge.objects.filter(undone_at=None).order_by("pk")
    if step == "unmerge" and links:
        actions.unmerge(links[one % len(links)], by=actor.SYSTEM)
    return []
