"""Queries that Django compiles, and PostgreSQL plans, once: later only values go in.

Either takes longer than to find the rows. So a function that takes values and answers
with a queryset is run on placeholders for them, once for each shape they come in; the
SQL is kept, with the places where they turn up. What one reads is the ORM's text, and
rows are made by Django as ever.

    @compiled_once
    def open_deals(rep, since):
        return Deal.objects.filter(owner=rep, opened_on__gte=since)

    open_deals(rep, monday)  # a list

The function may hand values on, and may choose by what is None, empty, yes or no, or
one of an Enum. What it works out of a value (`since - WEEK`) would be kept with the
placeholder's: that is refused the first time. docs/adr/0009 says what this leans on.
"""

import copy
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import partial, update_wrapper
from threading import Lock
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Field, Lookup, Model, QuerySet
from django.utils import timezone, translation
from psycopg import sql
from psycopg.types.numeric import Int2, Int4, Int8

from reps.models.placeholders import Placeholders, kind

# Twice, and nothing but the values may differ. Numbered up and then down from afar.
RUNS = ((0, 1), "UTC", "en"), ((500, -1), "Asia/Kolkata", "de")
# Django asks nothing where a column cannot hold the number; PostgreSQL would refuse it.
TOO_MUCH = {Int2: 2**15, Int4: 2**31, Int8: 2**63}


class NotCompilable(Exception):
    """The words hang on more than on the places of the values. Says on what."""


@Field.register_lookup
class Among(Lookup):
    """`owner__id__among=[3, 7]`: as `in`, whose words change with the list's length."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self.rhs]


class Place(NamedTuple):
    """What is put into a statement: an argument, or a field of one."""

    argument: int
    field: str | None
    sent_as: Callable | None  # such as psycopg's Int8

    def value(self, arguments):
        value = arguments[self.argument]
        return getattr(value, self.field) if self.field else value


class Statement:
    """A query as Django compiled it, with places for what changes."""

    def __init__(self, queryset, compiler, words: str, places: dict[str, Place]):
        self.queryset, self.compiler = queryset, compiler
        self.words, self.places = words, places

    def values_for(self, arguments) -> dict | None:
        """By the name of their place; None where Django would word it in another way.

        Those are a number too large for its column, and no transaction to lock rows in.
        """
        values = {}
        for name, place in self.places.items():
            value, sent_as = place.value(arguments), place.sent_as
            most = TOO_MUCH.get(sent_as)
            if most and not -most <= value < most:
                return None
            values[name] = sent_as(value) if sent_as else value
        if self.queryset.query.select_for_update and self._connection.get_autocommit():
            return None
        return values

    def rows(self, values: dict, *, planned_anew: bool) -> list:
        """Made by what Django makes all rows by, from the answer to these words."""
        compiler, query = copy.copy(self.compiler), copy.copy(self.queryset.query)
        compiler.connection = self._connection
        compiler.execute_sql = lambda *_, **__: [self._answer(values, planned_anew)]
        query.get_compiler = lambda using: compiler
        rows = QuerySet(self.queryset.model, query, self.queryset.db)
        rows._iterable_class = self.queryset._iterable_class
        rows._fields = self.queryset._fields
        return list(rows)

    def _answer(self, values: dict, planned_anew: bool) -> list[tuple]:
        """In Django's own cursor, but around one that leaves the values to PostgreSQL.

        Where queries are logged it is Django's whole, whose log has the values in it.
        """
        connection = self._connection
        with connection.cursor() as cursor:
            if not (connection.queries_logged or planned_anew):
                connection.connection.prepare_threshold = 0
                cursor.cursor = ServerBindingCursor(connection.connection)
            cursor.execute(self.words, values)
            rows = cursor.fetchall()
        return [row[: self.compiler.col_count] for row in rows]

    @property
    def _connection(self):
        """This thread's."""
        return connections[self.queryset.db]


class CompiledQuery:
    """A function's statements, by its arguments' shape. Called, it answers rows."""

    def __init__(self, query: Callable[..., QuerySet], *, planned_anew: bool) -> None:
        update_wrapper(self, query)
        self.query, self.planned_anew = query, planned_anew
        self.lock = Lock()
        # The fields of rows it goes by, and the statements there are; always together.
        self.known: tuple[tuple, dict[tuple, Statement | None]] = (), {}

    def __call__(self, *arguments) -> list:
        statement = self.statement(arguments)
        values = statement and statement.values_for(arguments)
        if values is None:
            return list(self.query(*arguments))
        return statement.rows(values, planned_anew=self.planned_anew)

    def first(self, *arguments):
        """The first row; None without one."""
        return next(iter(self(*arguments)), None)

    def statement(self, arguments) -> Statement | None:
        """For arguments like these; None where Django would ask PostgreSQL nothing."""
        fields, statements = self.known
        shape = _shape(arguments, fields)
        if shape not in statements:
            try:
                with self.lock:
                    return self._keep(arguments)
            except NotCompilable as refusal:
                refusal.add_note(f"in {self.__module__}.{self.__qualname__}")
                raise
        return statements[shape]

    def _keep(self, arguments) -> Statement | None:
        """Word it. By a field more than before the shapes are others: all anew."""
        first, second = (_Compilation(self.query, arguments, *run) for run in RUNS)
        statement = first.with_places(second)
        fields, statements = self.known
        read = first.placeholders.fields | second.placeholders.fields
        if not read <= set(fields):
            fields, statements = (*fields, *read.difference(fields)), {}
        self.known = fields, statements | {_shape(arguments, fields): statement}
        return statement


def compiled_once(query=None, *, planned_anew=False):
    """The rows of a function's query, as a list.

    `planned_anew`: each time, for one that is to stop early. Without the values
    PostgreSQL may think there are too few rows to be worth it, and read them all.
    """
    if query is None:
        return partial(compiled_once, planned_anew=planned_anew)
    return CompiledQuery(query, planned_anew=planned_anew)


def _shape(arguments, fields) -> tuple:
    shape = []
    for value in arguments:
        if isinstance(value, Model):
            model = value.__class__
            shape.append(model)
            shape += [
                kind(getattr(value, field)) for of, field in fields if of is model
            ]
        else:
            shape.append(kind(value))
    return tuple(shape)


class _Compilation:
    """The query of some arguments, compiled with placeholders for them."""

    def __init__(self, query, arguments, numbers, zone: str, language: str) -> None:
        self.placeholders = Placeholders(*numbers)
        self.words, self.values = "", ()
        with timezone.override(zone), translation.override(language), _no_queries():
            self.queryset = query(*self.placeholders.of(arguments))
            self.compiler = self.queryset.query.get_compiler(self.queryset.db)
            with suppress(EmptyResultSet):
                self.words, self.values = self.compiler.as_sql()

    def with_places(self, other: "_Compilation") -> Statement | None:
        """What both are but for their values; None if there is nothing to ask."""
        if self.words != other.words:
            raise NotCompilable(f"two different texts:\n{self.words}\n{other.words}")
        if not self.words:
            return None
        known, prefetched = "_known_related_objects", "_prefetch_related_lookups"
        if getattr(self.queryset, known) or getattr(self.queryset, prefetched):
            raise NotCompilable("its rows come with others, by more than a join")
        names: dict[Place, str] = {}
        words = []
        for one, two in zip(self.values, other.values, strict=True):
            if self._literal(one) == self._literal(two):
                # Written out, so that PostgreSQL may choose an index by it.
                words.append(self._literal(one).replace("%", "%%"))
            else:
                name = names.setdefault(self._place(one, two, other), f"v{len(names)}")
                words.append(f"%({name})s")
        text = self.words.replace("%%", "%%%%") % tuple(words)
        places = {name: place for place, name in names.items()}
        return Statement(self.queryset, self.compiler, text, places)

    def _place(self, one, two, other: "_Compilation") -> Place:
        for (argument, field), placeholder in self.placeholders.made.items():
            if (one, two) == (
                placeholder,
                other.placeholders.made.get((argument, field)),
            ):
                return Place(argument, field, _sent_as(one, placeholder))
        raise NotCompilable(f"{one!r} and {two!r} are none of its arguments")

    def _literal(self, value) -> str:
        connection = connections[self.queryset.db]
        connection.ensure_connection()
        return sql.Literal(value).as_string(connection.connection)


def _sent_as(value, placeholder) -> Callable | None:
    """What Django made of an argument; a number is as long whatever it is."""
    if isinstance(value, list) and isinstance(value[0], int):
        return _int8s
    if type(value) is int:
        return Int8
    return None if type(value) is type(placeholder) else type(value)


def _int8s(numbers: list[int]) -> list[Int8]:
    return [Int8(number) for number in numbers]


@contextmanager
def _no_queries():
    """A query that asks another first would keep what that said."""

    def refuse(execute, words, *_):
        raise NotCompilable(f"it asks the database before it is compiled:\n{words}")

    with connections[DEFAULT_DB_ALIAS].execute_wrapper(refuse):
        yield
