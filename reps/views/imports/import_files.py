"""The file as it was brought, and its rows that are to be put right."""

from pathlib import PurePath

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reps.models import FileImport, FilePiece


@require_safe
def import_file(request, import_id):
    """Byte for byte, for as long as it is kept."""
    file_import = _seen(request, import_id)
    return _download(file_import, FilePiece.Part.FILE, file_import.file_name)


@require_safe
def bad_rows(request, import_id):
    """A CSV of the file's columns and one more, *problem*: to mend and bring again."""
    file_import = _seen(request, import_id)
    name = _("%(file)s to mend.csv") % {"file": PurePath(file_import.file_name).stem}
    return _download(file_import, FilePiece.Part.BAD_ROWS, name)


def _seen(request, import_id) -> FileImport:
    rows = FileImport.objects.visible_to(request.user)
    return get_object_or_404(rows, pk=import_id)


def _download(file_import: FileImport, part: str, name: str) -> StreamingHttpResponse:
    """As a download, whatever it is: a browser must not open what somebody sent."""
    if not file_import.pieces.filter(part=part).exists():
        raise Http404
    content = FilePiece.objects.content_of(file_import, part)
    answer = StreamingHttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
