"""The sample data: whole, past, quiet, and made once."""

import pytest
from django.utils import timezone

from conversations.models import Conversation, Handoff, Message, TimelineEntry
from customers.models import Customer
from omnidesk.accounts.models import User
from omnidesk.demo.sample.conversations import STORIES
from omnidesk.demo.seed import seed
from omnidesk.knowledge.models import Article

pytestmark = pytest.mark.django_db


def test_a_desk_is_seeded_once() -> None:
    assert seed(empty=False)
    before = Message.objects.count()

    assert not seed(empty=False)

    assert Message.objects.count() == before
    assert Conversation.objects.count() == len(STORIES)


def test_the_sample_data_has_one_of_everything_an_agent_meets() -> None:
    seed(empty=False)

    assert set(Conversation.objects.values_list("status", flat=True)) >= {
        *("open", "snoozed", "resolved")
    }
    assert Handoff.objects.filter(state="waiting").count() == 1
    assert Conversation.objects.filter(handler="bot").count() == 1
    assert Message.objects.filter(attachments__isnull=False).exists()
    assert Message.objects.exclude(original__html="").filter(original__isnull=False)
    assert Customer.objects.filter(language="ar").exists()
    assert Article.objects.published().count() >= 8


def test_a_customer_who_mails_and_chats_is_one_person_in_one_conversation() -> None:
    seed(empty=False)

    ana = Customer.objects.get(name="Ana Ruiz")
    conversation = ana.conversations.get()

    channels = conversation.messages.filter(direction="inbound").values_list(
        "via__channel", flat=True
    )
    assert set(channels) == {"email", "chat"}


def test_what_happened_in_the_samples_happened_before_now() -> None:
    began = timezone.now()

    seed(empty=False)

    assert not TimelineEntry.objects.filter(created_at__gte=began).exists()
    assert not Message.objects.filter(created_at__gte=began).exists()
    assert not Conversation.objects.filter(last_activity_at__gte=began).exists()
    assert not Customer.objects.filter(created_at__gte=began).exists()


def test_an_empty_desk_has_people_and_nothing_to_do() -> None:
    seed(empty=True)

    assert User.objects.count() == 4
    assert not Conversation.objects.exists()
    assert not Article.objects.exists()
