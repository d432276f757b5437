"""Check-ins and their answers, to take along and read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plans.models import CheckIn
from plans.views.week.check_in_context import check_in_stands
from reps.templatetags.stand_in_words import name_in_place_of
from reps.views.list_file import AT_A_TIME, ListFile, list_file
from reps.views.rep_filter import rep_filter

COLUMNS = [
    gettext_lazy("Rep"),
    gettext_lazy("Rep email"),
    gettext_lazy("Week"),
    gettext_lazy("Checked in at"),
    gettext_lazy("Written by"),
    gettext_lazy("What moved"),
    gettext_lazy("Where I am stuck"),
    gettext_lazy("What I learned"),
    gettext_lazy("Answers"),
    gettext_lazy("Stands"),
]


@require_safe
def check_in_file(request):
    """Those whose words one may read, the latest week first; `rep_filter` says whose.

    How somebody feels is in none of them, not even in one's own.
    """
    user = request.user
    own = CheckIn.objects.visible_to(user).of_reps(rep_filter(request))
    rows = own.with_answers().select_related("rep__user", "checked_in_by")
    rows = rows.order_by("-week", "rep__name", "pk")
    lines = (_line(row, user.zone) for row in rows.iterator(AT_A_TIME))
    file = ListFile(_("check-ins"), COLUMNS, lines, own.count())
    return list_file(request, file)


def _line(check_in, zone):
    rep, answers = check_in.rep, check_in.answers.all()
    return [
        rep.name,
        rep.user.email if rep.user else None,
        check_in.week,
        check_in.checked_in_at.astimezone(zone),
        check_in.checked_in_by.name,
        check_in.moved,
        check_in.stuck,
        check_in.learned,
        "\n".join(map(_answer, answers)),
        check_in_stands(check_in.waits, bool(answers)),
    ]


def _answer(answer) -> str:
    who = name_in_place_of(answer.answered_by, answer.stood_in_for)
    return f"{who}: {answer.words}"
