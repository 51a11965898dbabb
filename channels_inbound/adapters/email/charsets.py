"""Turns bytes of any declared, misdeclared or undeclared charset into clean text."""

import codecs
import re
import unicodedata

import charset_normalizer

# Names on the wire -> the Python codec that reads what such mails really hold. The
# right side is a superset of the named charset: GB2312 mails hold GBK, Latin-1 mails
# hold Windows-1252 quotes (WHATWG Encoding Standard, section 4.2).
ALIASES = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "646": "utf-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode": "utf-16",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "iso-8859-8": "cp1255",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "x-windows-874": "cp874",
    "dos-874": "cp874",
    "windows-1258": "cp1258",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312_charset": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "cp950",
    "x-x-big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "koi8-r": "koi8_r",
    "koi8-ru": "koi8_u",
    "x-user-defined": "cp1252",
    "8bit": "utf-8",
}
# Codecs of Python that are no charsets; a mail naming one must not run it.
_NOT_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# The letters that ordinary words of each charset are made of. In GB2312 the first
# level of 3,755 common characters is encoded apart; see _COMMON_HANZI.
_COMMON_HANZI = "".join(
    bytes((lead, trail)).decode("gb18030")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if (lead, trail) < (0xD7, 0xFA)
)
_KANA = re.compile("[ぁ-んァ-ヶー]")
_FREQUENT = {
    "gb18030": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
    "年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实",
    "cp949": "이다는가을의에고를하지은기사로한자리어도시서나인아대정해일그들보전제수무안있요니세게부주과여비성장와원스녕",
}
_LETTERS = {
    "koi8_r": re.compile("[а-яё]"),
    "cp1251": re.compile("[а-яіїєґў]"),
    "cp932": re.compile("[ぁ-んァ-ヶー]"),
    "euc_jp": re.compile("[ぁ-んァ-ヶー]"),
    "cp949": re.compile("[가-힣]"),
    "gb18030": re.compile(f"[{_COMMON_HANZI}，。！？、：；（）“”《》]"),
}
_SAMPLE_BYTES = 4_096  # detection is slow; this much tells the charset
_CONTROL = {
    code: None
    for code in (*range(32), 127, *range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFEFF)
    if code not in {9, 10, 13, 0x85}
} | {0x85: "\n"}


def codec_for(declared: str) -> str | None:
    """Return the Python codec for a charset name of a mail, or None if unknown."""
    name = declared.strip().strip("\"'").lower().removesuffix(";").strip()
    if not name or len(name) > 40:
        return None
    name = ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # `_is_text_encoding` is how the standard library itself tells text from "hex".
    if not getattr(codecs.lookup(name), "_is_text_encoding", True):
        return None
    return None if found.replace("-", "_") in _NOT_TEXT else found


def decode(data: bytes, declared: str = "", *, hint: str = "") -> str:
    """Return the text of these bytes, without control characters or surrogates.

    Tries, in this order: a byte order mark, the declared charset, UTF-8, the `hint`
    (a charset declared elsewhere in the same mail), detection, Windows-1252.
    """
    return clean(_decode(data, declared, hint))


def clean(text: str) -> str:
    """Drop NUL, control characters, lone surrogates and byte order marks."""
    return text.translate(_CONTROL)


def _decode(data: bytes, declared: str, hint: str) -> str:
    if data.isascii() and not _may_be_seven_bit_coded(data):
        return data.decode("ascii")
    for mark, marked in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(marked, "replace").replace("\ufffd", "?")
    named = codec_for(declared)
    for codec in dict.fromkeys((named, "utf-8", codec_for(hint))):
        text = _strictly(data, codec)
        if text is not None:
            return text
    if named and named not in {"utf-8", "utf-7"}:
        text = data.decode(named, "replace")
        # A few broken bytes in a long text: the declaration is still right.
        if text.count("\ufffd") * 50 <= len(text):
            return text.replace("\ufffd", "?")
    if named == "utf-8" or not named:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * 50 <= _beyond_ascii(text):
            return text.replace("\ufffd", "?")
    return _guess(data)


def _strictly(data: bytes, codec: str | None) -> str | None:
    if codec is None:
        return None
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError, OverflowError):
        if codec != "cp1252":
            return None
        # cp1252 leaves five bytes undefined; browsers read them as C1 controls.
        text = data.decode("cp1252", "replace").replace("\ufffd", "")
    return text


def _may_be_seven_bit_coded(data: bytes) -> bool:
    """ISO-2022 escapes, HZ and UTF-7 are ASCII bytes that mean other characters."""
    return b"\x1b" in data or b"~{" in data or b"+" in data


def _beyond_ascii(text: str) -> int:
    return sum(character > "\x7f" for character in text)


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    codec: str | None = _by_letters(sample)
    if codec is None and len(sample) >= 24:
        best = charset_normalizer.from_bytes(sample, threshold=0.3).best()
        codec = codec_for(best.encoding.replace("_", "-")) if best else None
    text = _strictly(data, codec)
    if text is None:
        text = data.decode(codec or "cp1252", "replace").replace("\ufffd", "?")
    return text


def _by_letters(data: bytes) -> str | None:
    """Pick a charset by the letters it gives, which works for a few words, too.

    Western text has single accented letters among ASCII; East Asian and Cyrillic
    text has long runs of bytes beyond ASCII.
    """
    if len(_KANA.findall(data.decode("cp932", "replace"))) >= 2 and b"\x83" in data:
        return "cp932"  # half of the bytes of kana are ASCII, so they make no runs
    if max(map(len, _HIGH_RUN.findall(data)), default=0) <= 2:
        high = [char for char in data.decode("cp1252", "replace") if char > "\x7f"]
        return "cp1252" if all(map(_is_western, high)) else None
    scores = {codec: _score(data, codec, wanted) for codec, wanted in _LETTERS.items()}
    codec = max(scores, key=lambda name: scores[name])
    return codec if scores[codec] >= 0.7 else None


def _is_western(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Ll", "Lu"} or char in "“”„‘’–—…€£§°«»·•´®©™\xa0"
    )


def _score(data: bytes, codec: str, wanted: re.Pattern[str]) -> float:
    """Return the share of wanted letters beyond ASCII, common ones counting more."""
    text = data.decode(codec, "replace")
    beyond = _beyond_ascii(text)
    if not beyond:
        return 0.0
    # Two bytes of Chinese are often some Korean syllable, too, but seldom a common one.
    common = sum(char in _FREQUENT.get(codec, "") for char in text)
    return (len(wanted.findall(text)) + common / 2) / beyond
