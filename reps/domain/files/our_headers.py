"""The headers of the lists that are downloaded here, which an import knows again.

In the order of their columns. Each header stands for one fact, and for nothing else;
None for what is only there to be read.
"""

from collections.abc import Sequence

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.spelling import plain

OUR_HEADERS: dict[Kind, dict[str, Fact | None]] = {
    Kind.DEALS: {
        "Deal ID": Fact.KEY,
        "Account": Fact.ACCOUNT,
        "Product": Fact.PRODUCT,
        "Owner": Fact.OWNER,
        "Owner email": Fact.OWNER_EMAIL,
        "Stage": Fact.STAGE,
        "In stage since": Fact.IN_STAGE_SINCE,
        "Status": Fact.OUTCOME,
        "Amount": Fact.AMOUNT,
        "Estimated": Fact.IS_ESTIMATE,
        "Cancelled": None,
        "Cancelled on": Fact.CANCELLED_ON,
        "Opened on": Fact.OPENED_ON,
        "Expected close": Fact.EXPECTED_CLOSE_ON,
        "Closed on": Fact.CLOSED_ON,
        "Lead source": Fact.LEAD_SOURCE,
        "Lost reason": Fact.LOST_REASON,
    },
    Kind.PEOPLE: {
        "Name": Fact.NAME,
        "Email": Fact.EMAIL,
        "Team": Fact.TEAM,
        "Team above": Fact.TEAM_ABOVE,
        "Manager": Fact.MANAGER,
        "Manager email": Fact.MANAGER_EMAIL,
        "Sells": Fact.SELLS,
        "Time zone": Fact.TIME_ZONE,
        "Joined on": Fact.JOINED_ON,
        "Left on": Fact.LEFT_ON,
    },
    Kind.QUOTAS: {
        "Rep": Fact.OWNER,
        "Rep email": Fact.OWNER_EMAIL,
        "Quarter": Fact.QUARTER,
        "Quota": Fact.AMOUNT,
        "Ramp": Fact.RAMP,
        "Starts on": Fact.STARTS_ON,
        "Holds from": Fact.HOLDS_FROM,
    },
    Kind.ACTIVITY_COUNTS: {
        "Rep": Fact.OWNER,
        "Rep email": Fact.OWNER_EMAIL,
        "Week": Fact.WEEK,
        "Activity": Fact.ACTIVITY,
        "Count": Fact.COUNT,
    },
}


def is_download(headers: Sequence[str]) -> bool:
    """Whether such columns are one of these lists, of whatever kind."""
    return any(are_ours(kind, headers) for kind in OUR_HEADERS)


def are_ours(kind: Kind, headers: Sequence[str]) -> bool:
    """Whether these are all the columns of such a list, in any order, and no others."""
    ours = OUR_HEADERS.get(kind)
    if ours is None:
        return False
    return sorted(map(plain, headers)) == sorted(map(plain, ours))
