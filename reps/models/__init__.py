"""The facts: who sells, what they owe, what they did, where each deal stands."""

from reps.models.absence import Absence
from reps.models.activity import ActivityEntry, ActivityKind
from reps.models.came_back import CameBack
from reps.models.cancellation import Cancellation
from reps.models.closed_attainment import ClosedAttainment
from reps.models.column_match import ColumnMatch
from reps.models.deal import Deal
from reps.models.deal_facts import DealFacts
from reps.models.file_import import FileImport
from reps.models.file_piece import FilePiece
from reps.models.import_progress import ImportProgress
from reps.models.membership import Membership, TeamChange
from reps.models.organization import Organization
from reps.models.product import Product
from reps.models.quarter import Quarter
from reps.models.quarter_closing import QuarterClosing
from reps.models.quarter_days import QuarterDays
from reps.models.quota import Quota
from reps.models.quota_revision import QuotaRevision
from reps.models.rep import Rep
from reps.models.segment import Segment
from reps.models.stage import ExitCriterion, Stage
from reps.models.stage_move import MetCriterion, StageMove
from reps.models.stand_in import StandIn
from reps.models.team import Team
from reps.models.user import User

__all__ = [
    "Absence",
    "ActivityEntry",
    "ActivityKind",
    "CameBack",
    "Cancellation",
    "ClosedAttainment",
    "ColumnMatch",
    "Deal",
    "DealFacts",
    "ExitCriterion",
    "FileImport",
    "FilePiece",
    "ImportProgress",
    "Membership",
    "MetCriterion",
    "Organization",
    "Product",
    "Quarter",
    "QuarterClosing",
    "QuarterDays",
    "Quota",
    "QuotaRevision",
    "Rep",
    "Segment",
    "Stage",
    "StageMove",
    "StandIn",
    "Team",
    "TeamChange",
    "User",
]
