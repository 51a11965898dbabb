"""Files that sample customers attach, made here so that nothing binary is kept."""

import struct
import zlib

from conversations.intake import InboundFile


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _jacket_picture(width: int = 320, height: int = 240) -> bytes:
    """Return a PNG: a blue jacket, as a child would draw it."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            body = 100 < x < 220 and 50 < y < 220
            sleeve = 50 < y < 150 and abs(abs(x - 160) - 70 - (y - 50) // 4) < 18
            zip_line = 157 < x < 163 and 50 < y < 220
            color = (236, 238, 254)
            if body or sleeve:
                color = (67, 56, 202)
            if zip_line:
                color = (250, 204, 21)
            rows += bytes(color)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _one_page(text: str) -> bytes:
    """Return a PDF of one page with one line of plain text (ISO 32000-1, 7.5)."""
    stream = f"BT /F1 18 Tf 60 760 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>"
        % b"/Resources << /Font << /F1 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


RETURN_LABEL = InboundFile(
    "return-label.pdf", "application/pdf", _one_page("Return label for order 10432")
)
JACKET = InboundFile("jacket.png", "image/png", _jacket_picture())
