"""Which files a visitor may send, and how one is given back."""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from channels_inbound.adapters.chat.clean import clean_line
from channels_inbound.adapters.chat.door import Refused
from conversations.models import Attachment

FILE_BYTES = 10 * 1024 * 1024

# What customers send to a desk; everything that a system would run is missing.
EXTENSIONS = frozenset(
    {
        *("jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tiff"),
        *("pdf", "txt", "csv", "log", "json", "md", "rtf", "odt", "ods", "odp"),
        *("doc", "docx", "xls", "xlsx", "ppt", "pptx", "eml", "ics", "vcf"),
        *("zip", "gz", "mp3", "m4a", "ogg", "opus", "wav", "mp4", "mov", "webm"),
    }
)

# A browser may show these in our window; their first bytes say that they are it.
_SHOWN = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def check(file: "UploadedFile[bytes]") -> str:
    """Return the file's name, fit to be kept. Raises Refused with the reason."""
    name = clean_line(PurePath((file.name or "file").replace("\\", "/")).name)
    if not file.size:
        raise Refused(422, _("The file is empty."))
    if file.size > FILE_BYTES:
        raise Refused(413, _("The file is larger than 10 MB."))
    if PurePath(name).suffix.lower().lstrip(".") not in EXTENSIONS:
        raise Refused(415, _("Files of this kind cannot be sent here."))
    return name


def sniff(start: bytes) -> str:
    """Return the type that the first bytes of a file tell, never its sender."""
    for magic, content_type in _SHOWN:
        if start.startswith(magic):
            return content_type
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    return "application/octet-stream"


def give(attachment: Attachment) -> FileResponse:
    """Return the file for saving: a browser that opens it runs nothing in it."""
    file = attachment.file.open("rb")
    content_type = sniff(file.read(16))
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=attachment.filename,
        content_type=content_type
        if content_type.startswith("image/")
        else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
