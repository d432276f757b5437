"""Which currency a sign or a code beside an amount may stand for.

"$" is a dollar of any country: whose, the organization's own currency says. Who writes
"CA$" in one cell and "$" in the next tells two currencies apart by it.
"""

# One sign, several currencies: the commonest first.
SHARED = {
    "$": "USD CAD AUD MXN NZD SGD HKD TWD CLP COP ARS UYU",
    "£": "GBP EGP",
    "¥": "JPY CNY",
    "kr": "SEK NOK DKK ISK",
    "rs": "INR PKR LKR NPR",
}
SIGNS = {
    "AED": "dh dhs",
    "AUD": "a$ au$ aud$ $au",
    "BRL": "r$",
    "CAD": "c$ ca$ cad$ can$ $ca $can",
    "CHF": "fr sfr",
    "CNY": "cn¥ rmb 元",
    "CRC": "₡",
    "CZK": "kč kc",
    "EUR": "€ euro euros",
    "GBP": "gb£",
    "HKD": "hk$",
    "HUF": "ft",
    "IDR": "rp",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "jp¥ 円",
    "KRW": "₩ 원",
    "KZT": "₸",
    "MXN": "mx$ mex$",
    "MYR": "rm",
    "NGN": "₦",
    "NZD": "nz$",
    "PEN": "s/",
    "PHP": "₱",
    "PLN": "zł zl",
    "PYG": "₲",
    "RON": "lei",
    "RUB": "₽ руб",  # noqa: RUF001 (Russian)
    "SGD": "s$ sg$",
    "THB": "฿",
    "TRY": "₺ tl",
    "TWD": "nt$",
    "UAH": "₴ грн",
    "USD": "us$ usd$ u$s u$d $us",
    "VND": "₫ đ",
    "ZAR": "r",
}
CODES = (
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN "
    "ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD "
    "IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD "
    "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
    "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK "
    "SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
)

# Keys in plain spelling: see `reps.domain.typed_figures.plain`.
MARKS: dict[str, tuple[str, ...]] = (
    {code.lower(): (code,) for code in CODES.split()}
    | {mark: (code,) for code, marks in SIGNS.items() for mark in marks.split()}
    | {mark: tuple(codes.split()) for mark, codes in SHARED.items()}
)
# Words that are cut short may end in a point.
SHORTENED = ("fr", "kr", "rs", "sfr", "руб", "грн", "s/", "kč")  # noqa: RUF001


def codes_of(mark: str) -> tuple[str, ...] | None:
    """What a mark, in plain spelling, may stand for; None if it is no currency's."""
    mark = mark.replace(" ", "")
    if mark.endswith(".") and mark[:-1] in SHORTENED:
        mark = mark[:-1]
    return MARKS.get(mark)


def code_of(codes: tuple[str, ...], home: str) -> str:
    """The one that is meant by whoever keeps their books in `home`."""
    return home if home in codes else codes[0]
