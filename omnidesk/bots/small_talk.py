"""Greetings and thanks: what wants a friendly word and no article."""

import re

from omnidesk.bots.wording import fold

READ_CHARS = 80  # small talk is short


def _words_in(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_GREETINGS = _words_in("""
    hi hello hey heya hiya hallo hola ola oi bonjour salut ciao salve buongiorno buonasera hej hejsan hei
    moin servus merhaba selam selamlar привет здравствуйте привіт вітаю cześć czesc witam ahoj nazdar
    مرحبا اهلا السلام سلام שלום היי नमस्ते नमस्कार namaste halo hai chào สวัสดี 你好 您好 こんにちは 안녕 안녕하세요
    good morning afternoon evening day guten tag morgen abend buenos buenas dias días tardes noches
    bom boa dia tarde noite goedemorgen goedemiddag goedenavond goeden dzień dzien dobry dobrý den
    добрый день добрий вечер вечір günaydın iyi günler akşamlar selamat pagi siang sore malam xin god dag عليكم
    there everyone team all bot again how are you is anybody anyone wie geht's comment ça va come stai como está estás
    """)
_MUST_GREET = _words_in(
    "bot again all team is are you how va come como tag day den dia"
)
_THANKS = _words_in("""
    thanks thank you thx ty cheers gracias obrigado obrigada merci danke dankeschön grazie bedankt dank je wel
    dziękuję dziekuje dzięki dzieki спасибо дякую teşekkürler tesekkurler teşekkür ederim sağol شكرا شكراً תודה
    धन्यवाद शुक्रिया terima kasih makasih cảm ơn ขอบคุณ 谢谢 謝謝 ありがとう 감사합니다 고마워요 tack děkuji dekuji díky diky
    very so much many a lot for your the help that helped this was perfect great ok okay cool nice good
    muchas mil muito beaucoup vielen schön mille tante hartelijk bardzo большое дуже tusen tak mockrát moc
    awesome super got it understood works now all
    """)
_REAL_THANKS = _words_in("""
    thanks thank thx ty cheers gracias obrigado obrigada merci danke dankeschön grazie bedankt dank
    dziękuję dziekuje dzięki dzieki спасибо дякую teşekkürler tesekkurler teşekkür sağol شكرا תודה
    धन्यवाद शुक्रिया kasih makasih cảm ขอบคุณ 谢谢 謝謝 ありがとう 감사합니다 고마워요 tack děkuji dekuji díky diky
    perfect great awesome ok okay
    """)
_WORD = re.compile(r"[^\s.,!?;:\u2026\u3002\uff01\uff0c\u060c()-]+")


def is_greeting(text: str) -> bool:
    """Return whether the text only says hello."""
    words = _words(text)
    return (
        bool(words)
        and _GREETINGS.issuperset(words)
        and not _MUST_GREET.issuperset(words)
    )


def is_thanks(text: str) -> bool:
    """Return whether the text only thanks or agrees."""
    words = _words(text)
    return _THANKS.issuperset(words) and not _REAL_THANKS.isdisjoint(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text)) if len(text) <= READ_CHARS else []
