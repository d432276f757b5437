"""What each kind of file is, in a salesperson's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reps.models import FileImport

Kind = FileImport.Kind
FURTHER_ALREADY = _("It is at another step by now. Nothing was changed by this.")


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind: its name, what it is good for, and which columns it needs."""

    kind: str
    name: str | Promise
    what_for: str | Promise
    needs: str | Promise


KINDS = {
    kind: KindWords(kind, kind.label, what_for, needs)
    for kind, what_for, needs in (
        (
            Kind.PEOPLE,
            _("Who sells in which team, and who runs it."),
            _("A name for each. Better with e-mail, team and manager."),
        ),
        (
            Kind.QUOTAS,
            _("What each rep owes in a quarter."),
            _("Rep, quarter and amount; or a grid with a column for each quarter."),
        ),
        (
            Kind.DEALS,
            _("What your CRM exports: open, won and lost deals."),
            _(
                "An owner, a stage or status, an account or title. Better with amounts,"
                " days and the deal’s own number."
            ),
        ),
        (
            Kind.ACTIVITY,
            _("Demos, calls and meetings so far: without them no rate has a sample."),
            _("Rep, week or day, kind and count; or a row for each call."),
        ),
        (
            Kind.PRODUCTS,
            _("List prices: what a deal without an amount is worth until you know."),
            _("Product and price."),
        ),
    )
}
