"""What a file says, lacks and leaves open, in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from reps.domain.files import activity_rows, quota_rows
from reps.domain.files.activity_rows import NoActivity
from reps.domain.files.days import NoDay
from reps.domain.files.deal_rows import NoDeal
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Complaint, Wrong, column_letters
from reps.domain.files.numbers import NoNumber
from reps.domain.files.people_rows import NoPerson
from reps.domain.files.product_rows import NoProduct
from reps.domain.files.questions import Asked, Asks
from reps.domain.files.quota_rows import NoQuota
from reps.domain.files.row_cells import NoFigure
from reps.domain.files.unreadable import MOST_COLUMNS, MOST_ROWS, Unreadable, Why
from reps.forms.imports.fact_words import FACTS

UNREADABLE = {
    Why.EMPTY: later("There is nothing in it."),
    Why.HEADER_ONLY: later("It has a header and no rows below it."),
    Why.NO_HEADER: later("There is no header in that row."),
    Why.NO_SHEET: later("It has no sheet “{value}”."),
    Why.TOO_LARGE: later("It is larger than 50 MB: split it."),
    Why.TOO_MANY_ROWS: later("It has more than {most} rows: split it."),
    Why.TOO_MANY_COLUMNS: later(
        "It has {value} columns, and no more than {wide} can be read."
    ),
    Why.CELL_TOO_LONG: later("A cell in row {row} is too long to be read."),
    Why.OPEN_QUOTE: later("A quotation mark in row {row} never closes."),
    Why.NOT_DECODABLE: later(
        "In line {row}, letter {column}, stands {value}, which is no letter in any"
        " encoding known here: save it as “CSV UTF-8”."
    ),
    Why.CUT_OFF: later("It ends in the middle of a letter: it was cut off on its way."),
    Why.NUL: later("In line {row} stands a NUL: this is no text."),
    Why.HTML: later(
        "It is a web page, and perhaps a sign-in page: sign in where it comes from, and"
        " export it again."
    ),
    Why.XML: later("It is XML: export it as CSV or .xlsx."),
    Why.PDF: later("It is a PDF: export it as CSV or .xlsx."),
    Why.IMAGE: later("It is a picture: export the table itself, as CSV or .xlsx."),
    Why.COMPRESSED: later("It is packed: unpack it first."),
    Why.ZIP: later("It is packed, and no workbook: unpack it first."),
    Why.OLD_WORKBOOK: later("It is an old workbook (.xls): save it as .xlsx."),
    Why.BINARY_WORKBOOK: later("It is a binary workbook (.xlsb): save it as .xlsx."),
    Why.OPEN_DOCUMENT: later("It is an OpenDocument file (.ods): save it as .xlsx."),
    Why.LOCKED_WORKBOOK: later("It opens with a password only: save it without."),
    Why.BROKEN_WORKBOOK: later(
        "It is a workbook that cannot be read: open it in a spreadsheet, and save it as"
        " .xlsx or “CSV UTF-8”."
    ),
    Why.UNPACKS_TOO_LARGE: later(
        "It unpacks to more than can be read: copy the filled cells alone into a new"
        " sheet, or save it as “CSV UTF-8”."
    ),
}

BAD_ROWS = {
    Wrong.SHORTER: later("{value} cells, and the header has {width}"),
    Wrong.LONGER: later("{value} cells, and the header has {width}"),
    Wrong.QUOTES: later("a quotation mark out of place"),
    Wrong.CELL_TOO_LONG: later("too long: {value} letters"),
    Wrong.CONTROL: later("a letter that nobody types ({value})"),
    Wrong.FORMULA: later(
        "a formula that was never worked out ({value}): open the file in a spreadsheet"
        " and save it"
    ),
    Wrong.FAILED: later("a formula that came to nothing ({value})"),
    NoNumber.NOT_A_NUMBER: later("“{value}” is no amount"),
    NoNumber.OTHER_NOTATION: later("“{value}” is written otherwise than the rest"),
    NoNumber.CUT_SHORT: later("“{value}” is cut short: write it out"),
    NoNumber.TOO_LARGE: later("{value} is more than can be kept"),
    NoDay.NOT_A_DAY: later("“{value}” is no day"),
    NoDay.INCOMPLETE: later("“{value}” lacks a part of the day"),
    NoDay.NO_SUCH_DAY: later("there is no {value}"),
    NoDay.FAR_OFF: later("{value} is too far off"),
    NoDay.OTHER_ORDER: later("“{value}” is written otherwise than the rest"),
    NoDay.OTHER_WEEKDAY: later("{value} is another weekday"),
    NoDeal.EMPTY: later("empty: {value}"),
    NoDeal.TOO_LONG: later("too long: {value} letters"),
    NoDeal.OUTCOME_UNCLEAR: later("says two things of won, lost or open"),
    NoDeal.CLOSED_WITHOUT_DAY: later("closed, and no day on which"),
    NoDeal.CLOSED_BEFORE_OPENED: later("closed before it opened ({value})"),
    NoDeal.STILL_TO_COME: later("closed on {value}, which is still to come"),
    NoDeal.WON_WITHOUT_AMOUNT: later("won without an amount"),
    NoDeal.LESS_THAN_ZERO: later("{value} is less than zero"),
    NoDeal.TOO_LARGE: later("{value} is more than can be kept"),
    NoDeal.NUMBER_CUT_SHORT: later(
        "a spreadsheet cut its number short ({value}): bring the file as it was"
        " exported"
    ),
    NoDeal.TWICE: later("its number is in row {value} already"),
    NoDeal.NOT_YES_OR_NO: later("“{value}” is neither yes nor no"),
    NoDeal.CANCELLED_UNCLEAR: later(
        "“{value}” does not say what was cancelled when: write 2026-11-02: 5000.00"
    ),
    NoDeal.CANCELLED_TOO_MUCH: later("more was cancelled than was won"),
    NoDeal.CANCELLED_ANOTHER_DAY: later(
        "cancelled on {value}, which is before the win or still to come"
    ),
    NoQuota.NO_SUCH_QUARTER: later("“{value}” is no quarter"),
    NoQuota.NO_SHARE: later("“{value}” is no share: more than 0 and up to 100 %"),
    NoQuota.STARTS_OUTSIDE: later("{value} is not in that quarter"),
    NoQuota.SAYS_OTHERWISE: later("row {value} gives them another for that quarter"),
    NoFigure.NOT_WHOLE: later("{value} is no whole number"),
    NoActivity.NO_YEAR: later("“{value}” lacks its year"),
    NoActivity.NO_SUCH_WEEK: later("“{value}” is no week"),
    NoActivity.DONE_UNCLEAR: later("“{value}” says neither done nor not done"),
    NoPerson.NOT_AN_EMAIL: later("“{value}” is no e-mail address"),
    NoPerson.CANNOT_BE_USED: later("{value} cannot be used here: give another one"),
    NoPerson.NO_SUCH_ZONE: later(
        "“{value}” is not one time zone: write a city’s, such as Europe/Berlin"
    ),
    NoPerson.NOT_YES_OR_NO: later("“{value}” is neither yes nor no"),
    NoPerson.LEFT_BEFORE_JOINED: later("left before they joined ({value})"),
    NoPerson.TWICE: later("the same person is in row {value} already"),
    NoPerson.NAMESAKE: later(
        "called as in row {value}: give each their e-mail, or only one row"
    ),
    NoPerson.MANAGER_UNCLEAR: later(
        "several are called “{value}”: give the manager’s e-mail"
    ),
    NoPerson.TEAM_UNCLEAR: later("“{value}” runs several teams: say in which they are"),
    NoPerson.TWO_ABOVE: later("other rows name another team above"),
    NoPerson.IN_A_LOOP: later("“{value}” would be above itself"),
    NoProduct.TWICE: later("the same product is in row {value} already"),
}

LEFT_OUT = {
    quota_rows.LeftOut.OWNER: later("you leave them out"),
    quota_rows.LeftOut.QUARTER: later("you leave “{value}” out"),
    quota_rows.LeftOut.NOTHING: later("there is no figure in it"),
    activity_rows.LeftOut.ACTIVITY: later("you leave “{value}” out"),
    activity_rows.LeftOut.NOT_DONE: later("not done: “{value}”"),
    activity_rows.LeftOut.NOT_YET: later("{value} is still to come"),
    activity_rows.LeftOut.TWICE: later("its number is in row {value} already"),
    activity_rows.LeftOut.TOO_MANY: later(
        "{value} in one week is more than can be kept"
    ),
}

QUESTIONS = {
    Asks.ENCODING: later("In which encoding is it? {fits} (“encoding”)"),
    Asks.DELIMITER: later("What parts its cells? {fits} (“delimiter”)"),
    Asks.MISSING: later("Which column is this: {fits}? (“columns”)"),
    Asks.AT_ODDS: later("Which of these columns counts: {fits}? (“columns”)"),
    Asks.NUMBERS: later("“{about}”: {fits}? (“numbers”)"),
    Asks.DAYS: later("“{about}”: {fits}? (“days”)"),
    Asks.CURRENCIES: later(
        "“{about}” is in {fits}, and this organization counts in one currency: nothing"
        " is converted. Look at {lines}."
    ),
    Asks.UNIT: later(
        "“{about}” is in {fits}: give whole amounts in the organization’s currency."
        " Nothing is converted."
    ),
    Asks.TOO_MANY_VALUES: later(
        "“{about}” has too many values to be matched one by one. (“columns”)"
    ),
    Asks.STAGE: later("{rows}: which stage here is “{about}”? {fits} (“stages”)"),
    Asks.OWNER: later("{rows}: who here is “{about}”? {fits} (“owners”)"),
    Asks.ACTIVITY: later(
        "{rows}: which activity here is “{about}”? {fits} (“activities”)"
    ),
    Asks.QUARTER: later("{rows}: which quarter here is “{about}”? {fits} (“quarters”)"),
    Asks.TEAM: later("{rows}: which team here is “{about}”? {fits} (“teams”)"),
}


def why_unreadable(error: Unreadable) -> str:
    """One sentence."""
    return UNREADABLE[error.why].format(
        row=error.place.row,
        column=error.place.column,
        value=error.value,
        most=f"{MOST_ROWS:,}",
        wide=MOST_COLUMNS,
    )


def bad_row(complaint: Complaint, header: Sequence[str]) -> str:
    """Such as: row 17, Amount: “1.2k” is cut short: write it out."""
    value = complaint.value
    if complaint.wrong == NoDeal.EMPTY:
        value = FACTS[Fact(value)]
    reason = BAD_ROWS[complaint.wrong].format(value=value, width=len(header))
    facts = {"row": complaint.row, "reason": reason}
    if not complaint.column:
        return _("row %(row)d: %(reason)s") % facts
    place = complaint.column - 1
    facts["column"] = header[place] if place < len(header) else column_letters(place)
    return _("row %(row)d, %(column)s: %(reason)s") % facts


def why_left_out(why: StrEnum, value: str) -> str:
    return LEFT_OUT[why].format(value=value)


def question(asked: Asked) -> str:
    """What to say, and under which word of the answers' file."""
    fits = (
        [FACTS[one] for one in asked.fits] if asked.asks == Asks.MISSING else asked.fits
    )
    rows = ngettext("%(count)d row", "%(count)d rows", asked.rows)
    rows %= {"count": asked.rows}
    words = QUESTIONS[asked.asks]
    lines = rows_named(asked.lines, asked.rows)
    return words.format(about=asked.about, fits=_either(fits), rows=rows, lines=lines)


def day_words(day: date | None) -> str:
    """A day with its month in letters, since figures alone can be read two ways."""
    return date_format(day, "j F Y") if day else ""


def now_and_before(now: str, before: str) -> str:
    """What a cell will say, and what it said if that was something else."""
    if now == before or not before:
        return now
    return _("%(now)s, was %(before)s") % {"now": now or _("nothing"), "before": before}


def rows_named(first: Sequence[int], count: int) -> str:
    """Such as: row 3, or: rows 3, 4, 8 and 12 more."""
    named = ", ".join(map(str, first))
    if more := count - len(first):
        return _("rows %(named)s and %(more)s more") % {"named": named, "more": more}
    words = ngettext("row %(named)s", "rows %(named)s", count)
    return words % {"named": named}


def _either(words: Iterable[str]) -> str:
    return _(" or ").join(map(str, words))
