"""The last lines of a report: totals, counts, filters, who made it and whose it is.

In English, German, Spanish, Portuguese and French. A line is told by its words and by
how little else stands in it, for an account may be called Total.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from reps.domain.files.cell import Cell, Failed, Formula, as_text, is_filled

OF_RECORDS = r"""(
    records? | rows? | items? | results? | entries | deals? | opportunit(y|ies) |
    contacts? | accounts? | activit(y|ies) | calls? | people | persons? | users? |
    employees? | members? | reps? | personen | mitarbeiter(innen)? | personas? |
    pessoas? | personnes? | datens[äa]tze? | zeilen? | eintr[äa]ge? | ergebnisse? |
    treffer | elemente? | registros? | filas? | resultados? | linhas? | elementos? |
    itens? | enregistrements? | lignes? | r[ée]sultats? | [ée]l[ée]ments?
)"""
TOTAL = re.compile(
    rf"""(
    (grand\s|sub-?\s?|overall\s)? totals? | sum | count | average |
    total\s(sum|amount|value|count|{OF_RECORDS}) |
    (gesamt|zwischen|end)? summe | gesamt(ergebnis|betrag|wert)? | insgesamt | anzahl |
    total\s(general|geral|g[ée]n[ée]ral|acumulado) | suma(\stotal)? | soma |
    (sum|summe|suma|soma|somme)\s(of|von|der|des|du|de|da|do)\s\w+ |
    (sub|sous)-?total | somme | promedio | m[ée]dia | moyenne | mittelwert |
    durchschnitt |
    (record|row|item)\scount | number\sof\s{OF_RECORDS} | total\s(de|of|des)\s\w+ |
    anzahl\s(der\s)?{OF_RECORDS} | gesamtzahl(\s(der\s)?\w+)? |
    (n[úu]mero|quantidade|cantidad|recuento)\s(total\s)?de\s{OF_RECORDS} |
    nombre\s(total\s)?(de\s|d['’])\s?{OF_RECORDS}
    )
    \s*(\([^()]*\))?\s*:?""",
    re.IGNORECASE | re.VERBOSE,
)
OF_A_GROUP = re.compile(
    r"(sub-?\s?totals?|sous-total|zwischensumme)\s*(\([^()]*\))?\s*:?", re.IGNORECASE
)
COUNT = re.compile(
    rf"""(
    (total|count|showing|summe|gesamt|anzahl)?\s*:?\s*
    \(?[0-9][0-9.,'\s]*\s*{OF_RECORDS}\b.{{0,40}} |
    {TOTAL.pattern}\s*[0-9][0-9.,'\s]*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
SAID = re.compile(
    r"""(
    copyright\s*(\(c\)|©|[0-9]{4}|by\b|:) | ©\s?\S | \(c\)\s*[0-9]{4} |
    .{0,80}\b(all\srights\sreserved|alle\srechte\svorbehalten|
        todos\slos\sderechos\sreservados|todos\sos\sdireitos\sreservados|
        tous\sdroits\sr[ée]serv[ée]s) |
    (strictly\s)?confidential(\sinformation)?\s*($|[-–:.]) | company\sconfidential |
    confidential\sinformation\b |
    vertrauliche?(\sinformation(en)?)?\s*($|[-–:.]) |
    informaci[óo]n\sconfidencial | confidencial\s*($|[-–:.]) |
    informa(ç[ãa]o|ç[õo]es)\sconfiden(cial|ciais) |
    informations?\sconfidentielles? | confidentiel\s*($|[-–:.]) |
    filter(ed|s)?(\sby|\sapplied)?\s*: | filtered\sby\b | applied\sfilters? |
    gefiltert\snach | (angewendete\s|angewandte\s)?filter\s*: | angewendete\sfilter |
    filtrado\spor | filtros(\saplicados)?\s*: | filtros\saplicados |
    filtr[ée]\spar | filtres(\sappliqu[ée]s)?\s*: | filtres\sappliqu[ée]s |
    (report\s)?(generated|exported|created|printed|run|downloaded)\s(by|on|at|from)\b |
    (report\s)?generated\s*: | as\sof\s*:?\s*[0-9] | data\sas\sof\b |
    (bericht\s)?(erstellt|generiert|exportiert|gedruckt|erzeugt)\s(von|am|durch|um)\b |
    stand\s*:?\s*[0-9] |
    (informe\s)?(generado|exportado|creado|impreso)\s(por|el|en|a)\b |
    (relat[óo]rio\s)?(gerado|exportado|criado|impresso)\s(por|em|a)\b |
    (rapport\s)?(g[ée]n[ée]r[ée]|export[ée]|cr[ée][ée]|imprim[ée])\s(par|le|[àa])\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
DAY = re.compile(r"[0-9]{1,4}([-/])[0-9]{1,2}\1[0-9]{1,4}.*|[0-9]{1,2}\.[0-9]{1,2}\..*")
LETTERS = re.compile(r"[^\W\d_]+")
CURRENCY = re.compile(r"[^\W\d_]{1,3}")  # USD, kr., R$
LONGEST = 400  # letters of such a line; what is longer is somebody's notes


def is_foot(cells: Sequence[Cell], width: int) -> bool:
    """Whether this could be the foot of a table so wide, by its own words."""
    first = as_text(next(filter(is_filled, cells), ""))
    if not first or len(first) > LONGEST:
        return False
    if TOTAL.fullmatch(first):
        return all(map(_is_figure, _filled(cells)[1:])) and width > 1
    filled = len(cells) - cells.count("")
    if filled > max(1, width // 2):
        return False
    if COUNT.fullmatch(first):
        return filled == 1
    return SAID.match(first) is not None


def is_subtotal(cells: Sequence[Cell]) -> bool:
    """Whether this is the total of the rows before it, in the middle of a table.

    Nobody is called Subtotal; an account may be called Total.
    """
    first, *others = _filled(cells) or [""]
    if not isinstance(first, str) or not OF_A_GROUP.fullmatch(first):
        return False
    return all(map(_is_figure, others))


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if is_filled(cell)]


def _is_figure(cell: Cell) -> bool:
    """An amount or a count, such as 1.234,50 € or USD 12; not a day."""
    if isinstance(cell, Formula | Failed):
        return True
    if isinstance(cell, str):
        letters = LETTERS.findall(cell)
        return (
            any(sign.isdigit() for sign in cell)
            and not DAY.fullmatch(cell)
            and all(CURRENCY.fullmatch(word) for word in letters[:1])
            and len(letters) <= 1
        )
    return isinstance(cell, Decimal)
