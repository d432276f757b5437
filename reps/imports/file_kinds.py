"""Every kind of file that can be brought, and what is done with it."""

from reps.imports.activity_kind import ActivityFileKind
from reps.imports.deal_kind import DealKind
from reps.imports.file_kind import FileKind
from reps.imports.people_kind import PeopleKind
from reps.imports.product_kind import ProductKind
from reps.imports.quota_kind import QuotaKind
from reps.models import FileImport

FILE_KINDS: dict[str, FileKind] = {
    FileImport.Kind.QUOTAS: QuotaKind(),
    FileImport.Kind.DEALS: DealKind(),
    FileImport.Kind.ACTIVITY: ActivityFileKind(),
    FileImport.Kind.PEOPLE: PeopleKind(),
    FileImport.Kind.PRODUCTS: ProductKind(),
}
