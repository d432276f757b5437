"""The headers of the lists that are downloaded here, which an import knows again.

In the order of their columns. Each header stands for one fact, and says nothing else.
"""

from collections.abc import Sequence

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.spelling import plain

OUR_HEADERS: dict[Kind, dict[Fact, str]] = {
    Kind.DEALS: {
        Fact.KEY: "Deal ID",
        Fact.ACCOUNT: "Account",
        Fact.PRODUCT: "Product",
        Fact.OWNER: "Owner",
        Fact.OWNER_EMAIL: "Owner email",
        Fact.STAGE: "Stage",
        Fact.IN_STAGE_SINCE: "In stage since",
        Fact.OUTCOME: "Status",
        Fact.AMOUNT: "Amount",
        Fact.IS_ESTIMATE: "Estimated",
        Fact.OPENED_ON: "Opened on",
        Fact.EXPECTED_CLOSE_ON: "Expected close",
        Fact.CLOSED_ON: "Closed on",
        Fact.LEAD_SOURCE: "Lead source",
        Fact.LOST_REASON: "Lost reason",
    },
    Kind.PEOPLE: {
        Fact.NAME: "Name",
        Fact.EMAIL: "Email",
        Fact.TEAM: "Team",
        Fact.TEAM_ABOVE: "Team above",
        Fact.MANAGER: "Manager",
        Fact.MANAGER_EMAIL: "Manager email",
        Fact.SELLS: "Sells",
        Fact.TIME_ZONE: "Time zone",
        Fact.JOINED_ON: "Joined on",
        Fact.LEFT_ON: "Left on",
    },
    Kind.QUOTAS: {
        Fact.OWNER: "Rep",
        Fact.OWNER_EMAIL: "Rep email",
        Fact.QUARTER: "Quarter",
        Fact.AMOUNT: "Quota",
        Fact.RAMP: "Ramp",
        Fact.STARTS_ON: "Starts on",
        Fact.HOLDS_FROM: "Holds from",
    },
    Kind.ACTIVITY_COUNTS: {
        Fact.OWNER: "Rep",
        Fact.OWNER_EMAIL: "Rep email",
        Fact.WEEK: "Week",
        Fact.ACTIVITY: "Activity",
        Fact.COUNT: "Count",
    },
}


def are_ours(kind: Kind, headers: Sequence[str]) -> bool:
    """Whether these are all the columns of such a list, in any order, and no others."""
    ours = OUR_HEADERS.get(kind)
    if ours is None:
        return False
    return sorted(map(plain, headers)) == sorted(map(plain, ours.values()))
