"""Who acts: an agent, the bot, a rule, the desk itself or the customer."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from conversations.models import Message

Kind = Message.AuthorKind


@dataclass(frozen=True)
class Actor:
    """The one who performs an action; `user` is set for agents only."""

    kind: str
    user: AbstractBaseUser | None = None

    @property
    def user_id(self) -> int | None:
        """Return the agent's primary key, or None for everyone else."""
        return None if self.user is None else self.user.pk

    @property
    def is_agent(self) -> bool:
        """Return whether a person of ours acts."""
        return self.kind == Kind.AGENT


def agent(user: AbstractBaseUser) -> Actor:
    """Return the actor for a person who works here."""
    return Actor(Kind.AGENT, user)


BOT = Actor(Kind.BOT)
RULE = Actor(Kind.RULE)
SYSTEM = Actor(Kind.SYSTEM)
CUSTOMER = Actor(Kind.CUSTOMER)
