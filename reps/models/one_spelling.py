"""Names that read alike are one name."""

from django.db.models import CharField, Func


class OneSpelling(Func):
    """What all spellings of a name share: case and spaces aside, and Unicode's ways."""

    template = (
        "lower(btrim(regexp_replace(normalize(%(expressions)s, NFKC),"
        r" '\s+', ' ', 'g')))"
    )
    arity = 1
    output_field = CharField()
