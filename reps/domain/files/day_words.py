"""Names of months and weekdays in the languages whose files are read, and of zones.

In small letters and without accents: in no two of these languages does one word stand
for two months, or for two weekdays. Some stand for a month and a weekday, as "mar".
"""

MONTH_NAMES = (
    "january jan januar jaenner janner enero ene janeiro janvier janv",
    "february feb februar febrero fevereiro fev fevrier fevr",
    "march mar marz maerz mrz marzo marco mars",
    "april apr abril abr avril avr",
    "may mai mayo maio",
    "june jun juni junio junho juin",
    "july jul juli julio julho juillet juil",
    "august aug agosto ago aout aou",
    "september sept sep septiembre setiembre setembro set septembre",
    "october oct oktober okt octubre outubro out octobre",
    "november nov noviembre novembro novembre",
    "december dec dezember dez diciembre dic dezembro decembre",
)
WEEKDAY_NAMES = (
    "monday mon montag mo lunes lun segunda seg lundi 月 月曜 月曜日",
    "tuesday tues tue dienstag di martes mar terca ter mardi 火 火曜 火曜日",
    "wednesday wed mittwoch mi miercoles mie quarta qua mercredi mer 水 水曜 水曜日",
    "thursday thurs thur thu donnerstag do jueves jue quinta qui jeudi jeu "
    "木 木曜 木曜日",
    "friday fri freitag fr viernes vie sexta sex vendredi ven 金 金曜 金曜日",
    "saturday sat samstag sonnabend sa sabado sab samedi sam 土 土曜 土曜日",
    "sunday sun sonntag so domingo dom dimanche dim 日 日曜 日曜日",
)
ZONES = (
    "utc gmt z est edt cst cdt mst mdt pst pdt cet cest bst wet west eet eest msk "
    "jst kst ist sgt hkt aest aedt nzst nzdt brt"
)
# Beside a day: endings of its number, what stands between its parts, and before a time.
BESIDE = (
    "st nd rd th er o a e of de del the den le el feira at um as to la las am pm p m "
    "uhr t h q w"
)


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {
        word: number for number, words in enumerate(names, 1) for word in words.split()
    }


MONTHS = _numbered(MONTH_NAMES)
WEEKDAYS = _numbered(WEEKDAY_NAMES)
