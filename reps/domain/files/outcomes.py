"""Won, lost or open, as a status, a stage's label or a system's flags say it."""

import re
import unicodedata
from collections.abc import Mapping

from reps.domain.files.fields import Fact
from reps.domain.files.spelling import plain, words
from reps.domain.transitions import Outcome

# In English, German, Spanish, Portuguese, French and Japanese.
WORDS = {
    Outcome.WON: "Won | Closed Won | Deal Won | Gewonnen | Abgeschlossen gewonnen"
    " | Geschlossen gewonnen | Geschlossen und gewonnen | Ganada | Ganado"
    " | Cerrada ganada | Cerrado ganado | Cierre ganado | Ganha | Ganho"
    " | Fechada ganha | Fechado ganho | Fechada e ganha | Fechado e ganho"
    " | Negócio ganho | Gagnée | Gagné | Fermée gagnée | Fermé gagné"
    " | Clôturée gagnée | Clôturé gagné | Affaire gagnée | 受注 | 受注済み | 成約"
    " | 成立",
    Outcome.LOST: "Lost | Closed Lost | Deal Lost | Verloren | Abgeschlossen verloren"
    " | Geschlossen verloren | Geschlossen und verloren | Perdida | Perdido"
    " | Cerrada perdida | Cerrado perdido | Cierre perdido | Fechada perdida"
    " | Fechado perdido | Fechada e perdida | Fechado e perdido | Negócio perdido"
    " | Perdue | Perdu | Fermée perdue | Fermé perdu | Clôturée perdue"
    " | Clôturé perdu | Affaire perdue | 失注 | 失注済み | 不成立",
    Outcome.OPEN: "Open | Active | In Progress | Ongoing | Offen | Aktiv"
    " | In Bearbeitung | Laufend | Abierta | Abierto | Activa | En curso | Aberta"
    " | Aberto | Em aberto | Em andamento | Ouverte | Ouvert | En cours | 進行中"
    " | オープン | 商談中",
}
# A flag, or whether an activity is done.
YES = (
    "Yes | Y | True | T | X | 1 | ✓ | Ja | Wahr | Sí | Verdadero | Sim | Verdadeiro"
    " | Oui | Vrai | はい | 真 | Done | Completed | Held | Erledigt | Abgeschlossen"
    " | Hecho | Completada | Concluída | Feito | Terminée | Terminé | Fait | 完了"
    " | Complete | Finished | Attended | Durchgeführt | Erfolgt | Completado"
    " | Realizada | Realizado | Concluído | Réalisée | Réalisé | 済 | 実施済み"
)
NO = (
    "No | N | False | F | 0 | Nein | Falsch | Falso | Não | Non | Faux | いいえ | 偽"
    " | Undone | Not done | Not Started | In Progress | Planned | Canceled | Cancelled"
    " | Open | Offen | Geplant | Pendiente | Pendente | À faire | 未完了 | 未着手"
    " | Not held | Deferred | Waiting | Waiting on someone else | Waiting for input"
    " | Pending | Scheduled | Rescheduled | Overdue | Upcoming | To do | Missed"
    " | No show | Skipped | Nicht erledigt | Nicht begonnen | In Bearbeitung | Abgesagt"
    " | Verschoben | Zu erledigen | Por hacer | No realizada | Cancelada | Cancelado"
    " | Em andamento | A fazer | Agendada | Não realizada | En cours | Annulée | Annulé"
    " | Planifiée | Prévue | Non réalisée | 予定 | 中止"
)

BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
BEFORE_A_LABEL = re.compile(
    r"^\s*(stage|phase|etapa|fase|étape)?\s*[0-9]+\s*\W*\s*", re.I
)
BEHIND_A_LABEL = re.compile(r"[\W_]*[0-9]+ ?%?\s*$")


def bare_label(label: str) -> str:
    """A label without its number, its chance and what stands in brackets.

    "6 - Closed Won (Sales Pipeline)" and "Closed Won 100 %" are "Closed Won".
    """
    text = BRACKETED.sub(" ", unicodedata.normalize("NFKC", label))
    return BEHIND_A_LABEL.sub("", BEFORE_A_LABEL.sub("", text)).strip()


def outcome_of(label: str) -> Outcome | None:
    """What a status or a stage's label says and means; None where it says neither."""
    return OUTCOMES.get(plain(label)) or OUTCOMES.get(plain(bare_label(label)))


def outcome_hinted(label: str) -> Outcome | None:
    """What one word of a longer label hints at: "Lost to a competitor"."""
    hinted = {OUTCOMES.get(word) for word in words(label)} & {Outcome.WON, Outcome.LOST}
    return hinted.pop() if len(hinted) == 1 else None


def flag_of(cell: str) -> bool | None:
    """Yes or no, done or not, in whatever language; None where it says neither."""
    return FLAGS.get(plain(cell) or cell.strip())


def outcomes_said(cells: Mapping[Fact, str]) -> frozenset[Outcome]:
    """Everything that a row says of its outcome, in its status, stage and flags.

    Nothing where it says nothing. Where it says two things, only a person knows which.
    """
    told = (outcome_of(cells.get(fact, "")) for fact in (Fact.OUTCOME, Fact.STAGE))
    said = {outcome for outcome in told if outcome}
    won, lost, closed = (
        flag_of(cells.get(fact, ""))
        for fact in (Fact.IS_WON, Fact.IS_LOST, Fact.IS_CLOSED)
    )
    for outcome, other, flag in (
        (Outcome.WON, Outcome.LOST, won),
        (Outcome.LOST, Outcome.WON, lost),
    ):
        if flag:
            said.add(outcome)
        elif flag is False and outcome in said:
            said.add(other)
    if closed is False or (won is False and lost is False and not closed):
        said.add(Outcome.OPEN)
    if closed and not said & {Outcome.WON, Outcome.LOST}:
        said |= _closed(won, lost)
    return frozenset(said)


def _closed(won: bool | None, lost: bool | None) -> set[Outcome]:
    """What a closed deal may be, of which so much is known."""
    left = {Outcome.WON: won, Outcome.LOST: lost}
    return {outcome for outcome, flag in left.items() if flag is None} or set(left)


def _by_key(labels: str) -> list[str]:
    return [plain(label) or label.strip() for label in labels.split(" | ")]


OUTCOMES = {key: outcome for outcome in WORDS for key in _by_key(WORDS[outcome])}
FLAGS = dict.fromkeys(_by_key(YES), True) | dict.fromkeys(_by_key(NO), False)
