"""Every kind of file that can be brought, and what is done with it."""

from reps.imports.deal_kind import DealKind
from reps.imports.file_kind import FileKind
from reps.models import FileImport

FILE_KINDS: dict[str, FileKind] = {
    FileImport.Kind.DEALS: DealKind(),
}
