"""Content transfer encodings, read as generously as mail programs do (RFC 2045)."""

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_QP_PAIR = re.compile(rb"=([0-9A-Fa-f]{2})")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r?\n")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def decode(data: bytes, encoding: str) -> bytes:
    """Undo a Content-Transfer-Encoding; an unknown one means the bytes as they are."""
    words = encoding.lower().replace(";", " ").replace('"', " ").split()
    name = words[0] if words else ""
    if name == "base64":
        return _plain_if_no_base64(data)
    if name in {"quoted-printable", "quoted-print", "qp"}:
        return quoted_printable(data)
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return uuencoded(data)
    return data


def base64(data: bytes) -> bytes:
    """Decode base64 with dirt, missing padding or padding in the middle."""
    out = []
    for piece in _NOT_BASE64.sub(b"", data).split(b"="):
        # One sextet left over cannot make a byte: the data was cut.
        whole = piece[: len(piece) - 1] if len(piece) % 4 == 1 else piece
        out.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    return b"".join(out)


def quoted_printable(data: bytes, *, header: bool = False) -> bytes:
    """Decode quoted-printable; a "=" that starts no code stands for itself."""
    if not header:
        data = _SOFT_BREAK.sub(b"", data)
        data = data.removesuffix(b"=")
    return _QP_PAIR.sub(lambda match: binascii.unhexlify(match[1]), data)


def uuencoded(data: bytes) -> bytes:
    """Decode the first uuencoded file of the data; lines that do not fit are skipped."""
    begin = _UU_BEGIN.search(data)
    out = []
    for line in data[begin.end() if begin else 0 :].splitlines():
        if line.strip() == b"end":
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders count wrongly: cut the line to the length it names.
            length = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                out.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                continue
    return b"".join(out)


def _plain_if_no_base64(data: bytes) -> bytes:
    """Some mails say base64 and hold plain text; decoding that would be noise."""
    sample = data[:4000]
    strange = len(_NOT_BASE64.sub(b"", sample))
    spaces = len(re.findall(rb"\s", sample))
    if sample and strange + spaces < len(sample) * 0.9:
        return data
    if re.search(rb"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", sample[:400]):
        return data
    return base64(data)
