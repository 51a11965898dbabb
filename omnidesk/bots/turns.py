"""The bot's turn: look, pass every gate, then speak or hand off."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from conversations import actions
from conversations.actor import BOT
from conversations.errors import NotYourTurn
from conversations.models import Conversation, Handoff
from conversations.notices import may_answer_automatically
from omnidesk.bots import answerer, phrases, small_talk
from omnidesk.bots.answerer import Answer, Question, Source, Unsure
from omnidesk.bots.human_request import any_asks_for_person
from omnidesk.bots.models import Turn
from omnidesk.bots.packet import as_json, ask_in, tried_in
from omnidesk.bots.situation import Situation, is_my_turn, look
from omnidesk.knowledge import search

REPLIES_PER_HOUR = 10  # in one conversation; two machines that talk end here
MISSES = 2  # the second one hands off

Outcome = Turn.Outcome


@dataclass(frozen=True)
class Speech:
    """What the bot is going to say."""

    outcome: Outcome
    text: str
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True)
class GiveUp:
    """Why the bot is going to hand off."""

    reason: Handoff.Reason


def take(conversation_id: int, message_id: int) -> None:
    """Answer a customer's message, hand off, or leave it to whoever has it now.

    1. Look, without a lock. Only the newest message is answered: the task of an
       older one finds that it is not the newest and leaves.
    2. Decide. This is what takes time.
    3. Lock, look again, and act only if nothing has changed.

    Raises whatever the answerer raises.
    """
    situation = look(conversation_id, message_id)
    if situation is not None:
        act(situation, decide(situation))


def hand_off(conversation_id: int, message_id: int, *, reason: Handoff.Reason) -> None:
    """Hand off because the turn failed, unless somebody else has it now."""
    situation = look(conversation_id, message_id)
    if situation is not None:
        act(situation, GiveUp(reason))


def decide(situation: Situation) -> Speech | GiveUp:
    """Pass the gates in their order; ask the answerer only behind the last."""
    if situation.pressed_for_person or any_asks_for_person(situation.texts):
        return GiveUp(Handoff.Reason.WISH)
    if not _may_speak(situation):
        return GiveUp(Handoff.Reason.LIMIT)
    chat = _small_talk(situation)
    if chat is not None:
        return chat
    written = search.languages()
    if not written or not situation.texts:
        return GiveUp(Handoff.Reason.UNSURE)  # pictures and files are for people
    if situation.language and situation.language not in written:
        return GiveUp(Handoff.Reason.LANGUAGE)
    question = Question(text=situation.text, language=situation.language)
    return _judge(situation, answerer.answer(question))


def act(situation: Situation, decision: Speech | GiveUp) -> None:
    """Do what was decided, if it is still the bot's turn under the lock."""
    with transaction.atomic():
        conversation = Conversation.objects.locked(situation.conversation.pk)
        if not is_my_turn(conversation, situation.message.pk):
            return
        if isinstance(decision, GiveUp):
            actions.hand_off(
                conversation,
                reason=decision.reason,
                by=BOT,
                ask=ask_in(conversation),
                facts=tried_in(conversation, language=situation.language),
            )
        else:
            _say(conversation, situation, decision)


def _may_speak(situation: Situation) -> bool:
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    said = situation.conversation.bot_turns.filter(created_at__gte=hour_ago).count()
    return said < REPLIES_PER_HOUR and may_answer_automatically(situation.message)


def _small_talk(situation: Situation) -> Speech | None:
    if not situation.texts:
        return None
    if all(map(small_talk.is_greeting, situation.texts)):
        return Speech(Outcome.GREETED, phrases.greeting(situation.language))
    if all(map(small_talk.is_thanks, situation.texts)):
        return Speech(Outcome.GREETED, phrases.thanks(situation.language))
    return None


def _judge(situation: Situation, found: Answer | Unsure) -> Speech | GiveUp:
    via = situation.message.via
    channel = via.channel if via is not None else ""
    shown = _already_shown(situation.conversation)
    if isinstance(found, Answer) and not shown.issuperset(
        source.url for source in found.sources
    ):
        return Speech(
            Outcome.ANSWERED,
            phrases.answer(
                found.text,
                found.sources,
                channel=channel,
                language=situation.language,
            ),
            found.sources,
            found.confidence,
        )
    if _misses(situation.conversation) + 1 >= MISSES:
        return GiveUp(Handoff.Reason.MISSES)
    suggestions = _fresh(found, shown)
    if suggestions:
        text = phrases.did_you_mean(
            suggestions, channel=channel, language=situation.language
        )
        return Speech(Outcome.SUGGESTED, text, suggestions, found.confidence)
    return Speech(
        Outcome.MISSED, phrases.rephrase(situation.language), (), found.confidence
    )


def _already_shown(conversation: Conversation) -> set[str]:
    """Return the pages given as an answer: to say them again helps nobody."""
    return {
        source["url"]
        for turn in conversation.bot_turns.filter(outcome=Outcome.ANSWERED)
        for source in turn.sources
    }


def _misses(conversation: Conversation) -> int:
    """Return how often in a row the bot has missed; small talk does not count."""
    count = 0
    for turn in conversation.bot_turns.exclude(outcome=Outcome.GREETED).order_by("-pk"):
        if not turn.is_miss:
            break
        count += 1
    return count


def _fresh(found: Answer | Unsure, shown: set[str]) -> tuple[Source, ...]:
    suggestions = found.suggestions if isinstance(found, Unsure) else ()
    return tuple(source for source in suggestions if source.url not in shown)


def _say(conversation: Conversation, situation: Situation, speech: Speech) -> None:
    message = situation.message
    if message.via is None or message.identity is None:
        raise NotYourTurn
    actions.reply(
        conversation,
        text=speech.text,
        via=message.via,
        identity=message.identity,
        by=BOT,
        client_id=f"bot:{message.pk}",
        sources=[{"title": one.title, "url": one.url} for one in speech.sources],
    )
    Turn.objects.create(
        message=message,
        conversation=conversation,
        outcome=speech.outcome,
        confidence=speech.confidence,
        sources=[as_json(source) for source in speech.sources],
    )
