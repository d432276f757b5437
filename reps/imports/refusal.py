"""Why a file was refused, in words: every bad line with its reason."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from reps.domain.csv_table import Complaint, Wrong

REASONS = {
    Wrong.NOT_UTF_8: _("is not UTF-8 text: save it as “CSV UTF-8”"),
    Wrong.NO_HEADER: _("is empty: its first line must name the columns"),
    Wrong.MISSING_COLUMN: _("has no column “%(value)s”"),
    Wrong.NOT_CSV: _("cannot be read as CSV (%(value)s)"),
    Wrong.OTHER_LENGTH: _("%(value)s cells where the header has %(against)s"),
    Wrong.EMPTY: _("%(value)s is empty"),
    Wrong.TOO_LONG: _("%(value)s is too long"),
    Wrong.NOT_A_DATE: _('"%(value)s" is not a date such as 2026-11-23'),
    Wrong.FAR_OFF: _("%(value)s is too far off"),
    Wrong.NOT_A_NUMBER: _('"%(value)s" is not a number such as 1250.50'),
    Wrong.MAYBE_THOUSANDS: _(
        '"%(value)s" can be read in two ways: write %(against)s, or no more than two'
        " digits after the point"
    ),
    Wrong.LESS_THAN_ZERO: _("%(value)s is less than zero"),
    Wrong.TOO_LARGE: _("%(value)s is more than can be kept"),
    Wrong.TWICE: _("%(value)s is in line %(against)s already"),
    Wrong.TWO_MANAGERS: _(
        'agent "%(value)s" is in another team already: %(against)s\'s'
    ),
    Wrong.TWO_PRICES: _('product "%(value)s" has another price already: %(against)s'),
    Wrong.UNKNOWN_AGENT: _('unknown agent "%(value)s"'),
    Wrong.UNKNOWN_STAGE: _('unknown stage "%(value)s"; known are %(against)s'),
    Wrong.CLOSED_WITHOUT_DATE: _("%(value)s without a close date"),
    Wrong.CLOSED_BEFORE_OPENED: _("closed %(value)s, before it opened %(against)s"),
    Wrong.WON_WITHOUT_VALUE: _("won without a value"),
    Wrong.NO_LIST_PRICE: _('no value, and product "%(value)s" has no list price'),
    Wrong.NO_SUCH_QUARTER: _("no quarter starts on %(value)s"),
    Wrong.SAME_NAME: _('names "%(value)s", and here two reps are called so'),
}


class Refused(Exception):
    """Nothing was imported; `lines` say what to put right."""

    def __init__(self, complaints: Sequence[Complaint]):
        super().__init__(len(complaints))
        self.complaints = complaints

    @property
    def lines(self) -> list[str]:
        return [in_words(complaint) for complaint in self.complaints]


def in_words(complaint: Complaint) -> str:
    """Such as: deals.csv, line 17: unknown agent "Theo"."""
    reason = REASONS[complaint.wrong] % {
        "value": complaint.value,
        "against": complaint.against,
    }
    where = {"file": complaint.file, "line": complaint.line, "reason": reason}
    if complaint.line:
        return _("%(file)s, line %(line)d: %(reason)s") % where
    return f"{complaint.file} {reason}"
