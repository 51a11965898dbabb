"""Files: what may be shown in the browser, what an agent may upload."""

from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from conversations.models import Attachment
from omnidesk.accounts.models import User

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# Everything else is downloaded: an allow-list by the bytes, never by a name.
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
DOWNLOAD_TYPE = "application/octet-stream"
HEAD_BYTES = 16


def sniff(head: bytes) -> str:
    """Return the type that the first 16 bytes show, else octet-stream.

    PNG: RFC 2083 section 12.11; JPEG: JFIF/EXIF start of image; GIF: GIF87a and
    GIF89a; WebP: RIFF container with the WEBP form (RFC 9649); PDF: ISO 32000.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    return DOWNLOAD_TYPE


def shown_type(file: IO[bytes]) -> str:
    """Return the type to answer with: an image's, or the one that downloads."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    found = sniff(head)
    return found if found in INLINE_TYPES else DOWNLOAD_TYPE


def keep(files: Iterable["UploadedFile[Any]"], *, by: User) -> list[Attachment]:
    """Store files of a message that is not sent yet; only its author sees them."""
    kept = []
    for file in files:
        content_type = sniff(file.read(HEAD_BYTES))
        file.seek(0)
        kept.append(
            Attachment.objects.create(
                uploaded_by=by,
                file=file,
                filename=(file.name or "file")[:255],
                content_type=content_type,
                size=file.size or 0,
            )
        )
    return kept


def unsent(by: User, names: Sequence[str]) -> list[Attachment]:
    """Return files that this agent has uploaded and that belong to no message yet."""
    uuids = [uuid for uuid in map(_uuid, names) if uuid is not None]
    if not uuids:
        return []
    return list(Attachment.objects.filter(message=None, uploaded_by=by, uuid__in=uuids))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def forget(attachments: Iterable[Attachment]) -> None:
    """Delete files that no message took, as when a send was repeated."""
    for attachment in attachments:
        if attachment.message_id is None:
            attachment.file.delete(save=False)
            attachment.delete()
