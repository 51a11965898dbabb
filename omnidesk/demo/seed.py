"""Give an empty desk its people, its inbox and its sample conversations, once."""

import datetime
import functools

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from channels_inbound.models import ChannelAccount
from conversations.models import EscalationStep, Inbox, Team
from conversations.models.inbox import Channel
from omnidesk.accounts.models import User
from omnidesk.demo.clock import turned_back
from omnidesk.demo.play import Desk, play
from omnidesk.demo.sample import people
from omnidesk.demo.sample.articles import ARTICLES
from omnidesk.demo.sample.conversations import STORIES
from omnidesk.knowledge.models import Article
from omnidesk.wiring import quietly

# The demo's shop signs its users with it; it guards nothing else.
SITE_SECRET = "the-secret-of-the-demo-shop"  # noqa: S105


def seed(*, empty: bool) -> bool:
    """Seed a desk that has no account yet; return whether it did.

    All or nothing: a start that is interrupted leaves an unseeded desk.
    """
    if User.objects.exists():
        return False
    with quietly(), transaction.atomic():
        desk = _furnish()
        if not empty:
            _publish_articles()
            now = timezone.now()
            with turned_back() as clock:
                for story in STORIES:
                    play(story, desk=desk, clock=clock, now=now)
    return True


def _furnish() -> Desk:
    teams = {
        name: Team.objects.create(name=name)
        for name in (people.SUPPORT, people.BILLING, people.SHIPPING)
    }
    staff = {person.email: _hire(person, teams) for person in people.STAFF}
    inbox = Inbox.objects.create(
        name=people.INBOX,
        handoff_team=teams[people.SUPPORT],
        signature=people.SIGNATURE,
    )
    inbox.teams.set(teams.values())
    for position, step in enumerate(people.ESCALATION, start=1):
        seconds, team, raise_priority = step
        EscalationStep.objects.create(
            inbox=inbox,
            position=position,
            after_seconds=seconds,
            team=teams[team],
            raise_priority=raise_priority,
        )
    mail = ChannelAccount.objects.create(
        name="Support mailbox",
        inbox=Inbox.objects.get(pk=inbox.pk),
        channel=Channel.EMAIL,
        address=people.MAIL_ADDRESS,
        adapter="email",
    )
    chat = ChannelAccount.objects.create(
        name="Shop chat",
        inbox=inbox,
        channel=Channel.CHAT,
        address=people.SITE,
        adapter="chat",
        settings={
            "secret": SITE_SECRET,
            "name": "Acme Support",
            "greeting": people.GREETING,
        },
    )
    return Desk(mail=mail, chat=chat, teams=teams, staff=staff)


@functools.cache
def _hashed() -> str:
    """Hash the one password once: that is most of the time of seeding."""
    return make_password(people.PASSWORD)


def _hire(person: people.Person, teams: dict[str, Team]) -> User:
    user = User.objects.create_account(
        person.email, password=None, name=person.name, role=person.role
    )
    user.password = _hashed()
    user.save(update_fields=["password"])
    user.teams.set([teams[name] for name in person.teams])
    return user


def _publish_articles() -> None:
    published = timezone.now() - datetime.timedelta(days=30)
    Article.objects.bulk_create(
        Article(
            title=article.title,
            slug=article.slug,
            language=article.language,
            body=article.body,
            questions="\n".join(article.questions),
            status=Article.Status.PUBLISHED,
            created_at=published,
            updated_at=published,
        )
        for article in ARTICLES
    )
