"""Which language is this? Scripts and the commonest words; unsure is an answer."""

import re
from collections import Counter

from omnidesk.bots.wording import fold

READ_CHARS = 2000  # the beginning tells; the rest only costs

# Scripts that settle it, or leave a choice to the words below.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "\u3041-\u30ff"),
    ("ko", "\uac00-\ud7a3"),
    ("zh", "\u4e00-\u9fff"),
    ("th", "\u0e00-\u0e7f"),
    ("he", "\u0590-\u05ff"),
    ("ar", "\u0600-\u06ff"),
    ("hi", "\u0900-\u097f"),
    ("ru", "\u0400-\u04ff"),
)
_SCRIPT_PATTERNS = tuple((code, re.compile(f"[{span}]")) for code, span in _SCRIPTS)
_UKRAINIAN = re.compile("[\u0456\u0457\u0454\u0491]")
_RUSSIAN = re.compile("[\u044b\u044d\u044a\u0451]")

# The commonest short words of the languages written in Latin letters.
_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the a is are was to of and i you my me it for on in with do does did how what "
        "where when why can could would have has not this that your we be if or at from "
        "but please need want there will get order help any hello hi thanks don't i'm",
        "es": "el la los las de que y es en un una mi mis por con para no se lo como cuando donde "
        "puedo quiero esta pero mas si yo me su al del tengo hola gracias pedido quien hay ha",
        "pt": "o a os as de que e um uma meu minha por com para nao se como quando onde posso quero "
        "esta mas eu me seu ao do da dos das tenho ola obrigado obrigada pedido nao em voce foi",
        "fr": "le la les de des et est un une mon ma mes je vous nous pour avec dans que qui ne pas "
        "sur comment quand puis au du en ce cette bonjour merci commande ai suis votre il",
        "de": "der die das und ist ich sie wir mein meine ein eine einen nicht mit fur auf zu von "
        "den dem wie wann wo kann haben habe hat es bei aus hallo danke bitte im am mir mich",
        "it": "il lo la i gli le di che e un una mio mia per con non si come quando dove posso "
        "voglio sono ho ha del della al mi ordine ciao grazie nel e' questo vorrei",
        "nl": "de het een en is ik je u mijn niet met voor op te van hoe wanneer waar kan heb heeft "
        "wat dat die zijn naar bij hallo bedankt bestelling er mij wil worden graag",
        "pl": "i w na z do nie sie jest to jak co moje moj moja mam moge czy gdzie kiedy dla od po "
        "prosze dzien dobry dziekuje zamowienie moja chce przez ze o",
        "tr": "ve bir bu icin ne nasil nerede zaman benim ben degil mi mu var yok ile siparis "
        "istiyorum merhaba tesekkurler lutfen da de cok hesabimi kargo",
        "id": "yang dan di ke dari saya anda tidak bagaimana kapan dimana apa bisa untuk dengan ini "
        "itu mau ingin pesanan halo terima kasih akun sudah belum tolong",
        "vi": "toi ban cua la va khong co the nao o dau cho voi khi duoc lam mot don hang xin chao "
        "cam on muon bao",
        "sv": "och jag det att en ett som ar inte med for pa min mitt mina hur nar var kan har du ni "
        "vi av till fran hej tack bestallning vill min",
        "cs": "a se na v je to ze jak kde kdy muj moje mam muzu neni pro s z od objednavka dobry den "
        "dekuji prosim chci jsem ale si do",
    }.items()
}
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u0103\u0105", "a"),
        **dict.fromkeys("\u00e8\u00e9\u00ea\u00eb\u0119\u011b", "e"),
        **dict.fromkeys("\u00ec\u00ed\u00ee\u00ef\u0131", "i"),
        **dict.fromkeys("\u00f2\u00f3\u00f4\u00f5\u00f6\u0151\u01a1", "o"),
        **dict.fromkeys("\u00f9\u00fa\u00fb\u00fc\u016f\u01b0", "u"),
        "\u00e7": "c", "\u0107": "c", "\u010d": "c", "\u011f": "g", "\u0142": "l",
        "\u00f1": "n", "\u0144": "n", "\u0159": "r", "\u0161": "s", "\u015f": "s",
        "\u015b": "s", "\u00fd": "y", "\u017e": "z", "\u017c": "z", "\u017a": "z",
        "\u0111": "d", "\u010f": "d", "\u0165": "t",
    }
)  # fmt: skip
_WORD = re.compile(r"[a-z']+")


def detect(text: str) -> str:
    """Return the language's two letters, or "" when the text does not tell.

    A few words in Latin letters seldom tell: "tracking?" is "".
    """
    folded = fold(text[:READ_CHARS])
    script = script_of(folded)
    if script == "ru" and _UKRAINIAN.search(folded) and not _RUSSIAN.search(folded):
        return "uk"
    return script or _by_words(folded)


def script_of(folded: str) -> str:
    """Return the language that a script other than Latin stands for, or ""."""
    for code, pattern in _SCRIPT_PATTERNS:
        if len(pattern.findall(folded)) >= 2:
            return code
    return ""


def _by_words(folded: str) -> str:
    words = Counter(_WORD.findall(folded.translate(_MARKS)))
    scores = sorted(
        ((sum(words[word] for word in known), code) for code, known in _WORDS.items()),
        reverse=True,
    )
    (best, code), (second, _) = scores[0], scores[1]
    return code if best >= 2 and best > second else ""
