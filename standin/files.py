"""PDFs and attachments, single or fifty to a zip."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message

from standin.access import show_fields
from standin.answers import Answer, Json, answer_json, miss, reject
from standin.calls import Call
from standin.faults import Fault
from standin.notes import fetch_note
from standin.queries import check_parameters

LARGEST_ZIP = 50
KINDS = {"pdf": "application/pdf", "zip": "application/zip", "csv": "text/csv"}


def get_pdf(call: Call) -> Answer:
    """Answer GET /pdf."""
    check_parameters(call.query, {"id", "ids"})
    return get_files(call, "pdf")


def get_attachment(call: Call) -> Answer:
    """Answer GET /attachment for a named field."""
    check_parameters(call.query, {"id", "ids", "name"})
    name = call.query.one("name")
    if not name:
        raise reject("name is required", "MissingError", path="name")
    return get_files(call, name)


def get_files(call: Call, field: str) -> Answer:
    """Answer one file as it is, several as a zip."""
    ids = call.query.many("ids") or call.query.many("id")
    if not ids:
        raise reject("id is required", "MissingError", path="id")
    if len(ids) > LARGEST_ZIP:
        raise reject(f"ids must NOT have more than {LARGEST_ZIP} items", "ItemsError", path="ids")
    found = [(note_id, *find_file(call, note_id, field)) for note_id in ids]
    if len(found) == 1:
        _, path, content = found[0]
        return Answer(content, content_type=KINDS.get(path.rpartition(".")[2], "application/octet-stream"))
    return Answer(pack_zip(call, field, found), content_type="application/zip")


def find_file(call: Call, note_id: str, field: str) -> tuple[str, bytes]:
    """Return path and bytes of a note's file field."""
    note = fetch_note(call, note_id)
    entry = show_fields(note, call.viewer)["content"].get(field)
    path = entry.get("value") if isinstance(entry, dict) else entry
    recipe = call.store.files.get(path) if isinstance(path, str) else None
    if recipe is None or not isinstance(path, str):
        raise miss("Attachment", f"{field} of {note_id}")
    return path, read_recipe(recipe)


def read_recipe(recipe: Json) -> bytes:
    """Return the bytes a file entry stands for."""
    if "lines" in recipe:
        return print_pdf(recipe["lines"])
    return base64.b64decode(recipe["base64"])


def pack_zip(call: Call, field: str, found: list[tuple[str, str, bytes]]) -> bytes:
    """Return a zip with members named <number>_<field>.<extension>, byte for byte the same each time."""
    return write_zip(
        (f"{call.notes[note_id].get('number', note_id)}_{field}.{path.rpartition('.')[2]}", content) for note_id, path, content in found
    )


def write_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of these members without a clock in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def spoil_files(call: Call, answer: Answer, struck: list[Fault]) -> None:
    """Apply the faults that change files: other bytes under a note's name, a zip with a file less, or with other names."""
    kinds = {fault.kind: fault.options for fault in struck}
    ids = call.query.many("ids") or call.query.many("id")
    if "other_bytes" in kinds and ids == [kinds["other_bytes"]["note"]]:
        answer.body = str(kinds["other_bytes"]["text"]).encode()
    if answer.content_type != "application/zip" or len(ids) < 2:
        return
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    kept = [(note_id, member) for note_id, member in zip(ids, members, strict=True) if kinds.get("zip_less", {}).get("note") != note_id]
    answer.body = write_zip(_spoil_member(note_id, *member, kinds) for note_id, member in kept)


def _spoil_member(note_id: str, name: str, content: bytes, kinds: dict[str, Json]) -> tuple[str, bytes]:
    if kinds.get("other_bytes", {}).get("note") == note_id:
        content = str(kinds["other_bytes"]["text"]).encode()
    return kinds["zip_names"]["form"].format(id=note_id, name=name) if "zip_names" in kinds else name, content


def put_attachment(call: Call) -> Answer:
    """Keep an uploaded file and return the path to put into a note's content."""
    head = f"Content-Type: {call.content_type}\r\n\r\n".encode()
    message = message_from_bytes(head + (call.body if isinstance(call.body, bytes) else b""))
    parts = {find_name(part): part for part in message.walk() if find_name(part)}
    if not {"invitationId", "name", "file"} <= parts.keys():
        raise reject("invitationId, name and file are required", "MissingError")
    content = parts["file"].get_payload(decode=True)
    name = parts["name"].get_payload(decode=True)
    if not isinstance(content, bytes) or not isinstance(name, bytes):
        raise reject("file must be a file")
    extension = (parts["file"].get_filename() or "bin").rpartition(".")[2].lower()
    kind = "pdf" if name == b"pdf" else "attachment"
    return answer_json({"url": call.store.add_file(content, kind=kind, extension=extension)})


def find_name(part: Message) -> str:
    """Return the form field that a multipart part belongs to."""
    return str(part.get_param("name", "", "content-disposition") or "")


def print_pdf(lines: list[str]) -> bytes:
    """Return a one-page PDF 1.4 that shows the lines; letters outside Latin-1 become question marks."""
    shown = [line.encode("latin-1", "replace").translate(None, b"()\\\r\n") for line in lines]
    text = b"BT /F1 12 Tf 72 720 Td 16 TL " + b"".join(b"(%s) Tj T* " % line for line in shown) + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    digest = hashlib.md5(out, usedforsecurity=False).hexdigest().encode()
    trailer = b"trailer<</Size %d/Root 1 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
    return out + trailer % (len(objects) + 1, digest, digest, start)
