"""Languages an article can be written in, and how PostgreSQL reads each."""

from django.db import models


class Language(models.TextChoices):
    """What an article can be written in, by its own name."""

    ENGLISH = "en", "English"
    ARABIC = "ar", "العربية"
    CHINESE = "zh", "中文"
    CZECH = "cs", "Čeština"
    DUTCH = "nl", "Nederlands"
    FRENCH = "fr", "Français"
    GERMAN = "de", "Deutsch"
    HEBREW = "he", "עברית"
    HINDI = "hi", "हिन्दी"
    INDONESIAN = "id", "Bahasa Indonesia"
    ITALIAN = "it", "Italiano"
    JAPANESE = "ja", "日本語"
    KOREAN = "ko", "한국어"
    POLISH = "pl", "Polski"
    PORTUGUESE = "pt", "Português"
    RUSSIAN = "ru", "Русский"
    SPANISH = "es", "Español"
    SWEDISH = "sv", "Svenska"
    THAI = "th", "ไทย"
    TURKISH = "tr", "Türkçe"
    UKRAINIAN = "uk", "Українська"
    VIETNAMESE = "vi", "Tiếng Việt"


# The text search configurations that PostgreSQL 18 brings along; they know the
# language's endings. Every other language is read word for word.
CONFIG_OF_LANGUAGE: dict[str, str] = {
    Language.ARABIC: "arabic",
    Language.DUTCH: "dutch",
    Language.ENGLISH: "english",
    Language.FRENCH: "french",
    Language.GERMAN: "german",
    Language.HINDI: "hindi",
    Language.INDONESIAN: "indonesian",
    Language.ITALIAN: "italian",
    Language.PORTUGUESE: "portuguese",
    Language.RUSSIAN: "russian",
    Language.SPANISH: "spanish",
    Language.SWEDISH: "swedish",
    Language.TURKISH: "turkish",
}
WORD_FOR_WORD = "simple"

RIGHT_TO_LEFT = frozenset({Language.ARABIC, Language.HEBREW})
# Written without spaces between words, which PostgreSQL's parser cannot part.
UNSPACED = frozenset({Language.CHINESE, Language.JAPANESE, Language.THAI})


def config_of(language: str) -> str:
    """Return the text search configuration that reads the language."""
    return CONFIG_OF_LANGUAGE.get(language, WORD_FOR_WORD)
