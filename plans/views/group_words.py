"""What pages call those a rep is compared with: the team, or people of a segment."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.segment import Group, Taken


def group_words(group: Group) -> str:
    """Such as "Enterprise in West", or "Enterprise, 3 teams"; empty for the team."""
    if group.taken == Taken.TEAM:
        return ""
    facts = {"segment": group.segment, "team": group.team, "count": group.teams}
    if group.taken == Taken.SEGMENT_IN_TEAM:
        return _("%(segment)s in %(team)s") % facts
    words = ngettext(
        "%(segment)s, %(count)d team", "%(segment)s, %(count)d teams", group.teams
    )
    return words % facts


def beside(group: Group) -> str:
    """What stands before their figure, beside the rep's own."""
    named = group_words(group)
    return _("%(group)s:") % {"group": named} if named else _("team")


def lent_by(group: Group) -> str:
    """Whose a figure is that is not the rep's own."""
    named = group_words(group)
    return _("that of %(group)s") % {"group": named} if named else _("the team’s")
