"""Queries compiled once: the rows of Django's own, or a refusal that says why."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, JSONObject, Rank, TruncDate
from django.db.transaction import TransactionManagementError, atomic
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from reps.models import ActivityEntry, Deal, Organization, Rep, Stage, Team, User
from reps.models.compiled_query import NotCompilable, compiled_once
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    DealFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOO_LARGE = 10**19


@pytest.fixture
def theirs():
    """Two organizations of two reps each, every rep with two deals."""
    teams = [TeamFactory(), TeamFactory()]
    for team in teams:
        for _ in range(2):
            rep = RepFactory(organization=team.organization, team=team)
            for amount in (100, 200):
                DealFactory(
                    organization=team.organization, owner=rep, amount=Decimal(amount)
                )
    return [team.manager for team in teams]


def own_deals(user):
    return Deal.objects.visible_to(user)


# --- The same rows ---


def with_their_relations(user):
    return own_deals(user).select_related("owner__team", "stage").order_by("-pk")


def as_dicts(user):
    return own_deals(user).order_by("pk").values("pk", "owner__name", "amount")


def as_tuples(user):
    return own_deals(user).order_by("pk").values_list("pk", "owner__name")


def as_named_tuples(user):
    return own_deals(user).order_by("pk").values_list("pk", "amount", named=True)


def as_values(user):
    return own_deals(user).order_by("pk").values_list("amount", flat=True)


def annotated(user):
    own = Q(organization=user.organization_id)
    return Team.objects.filter(own).annotate(
        deals=Count("reps__deals"),
        worth=Sum("reps__deals__amount", filter=Q(reps__deals__outcome="open")),
        said=Concat(Value("100% "), F("name"), output_field=CharField()),
    )


def by_subqueries(user):
    first = Deal.objects.filter(owner=OuterRef("pk")).order_by("-amount")
    facts = JSONObject(pk="pk", amount="amount")
    return Rep.objects.visible_to(user).annotate(
        largest=Subquery(first.values("amount")[:1]),
        is_selling=Exists(first.filter(outcome=Deal.Outcome.OPEN)),
        all_of_them=ArraySubquery(first.order_by("pk").values(facts=facts)),
    )


def by_a_window(user):
    place = Window(Rank(), partition_by="owner", order_by="-amount")
    ranked = own_deals(user).annotate(rank=place)
    return ranked.filter(rank=1).order_by("pk")


def sliced(user):
    return own_deals(user).order_by("pk")[1:3]


def distinct(user):
    return own_deals(user).order_by("owner", "-amount").distinct("owner")


def ordered_by_what_is_not_shown(user):
    deals = own_deals(user).values_list("amount", flat=True)
    return deals.distinct().order_by("-amount")


def grouped_by_a_value(user):
    """The same value where it is selected and where it is grouped by."""
    mine = Case(When(organization=user.organization_id, then=1), default=0)
    deals = Deal.objects.annotate(mine=mine).values("mine")
    return deals.annotate(count=Count("pk")).order_by("mine")


def by_a_joins_condition(user):
    open_deals = Q(deals__organization=user.organization_id, deals__outcome="open")
    reps = Rep.objects.filter(organization=user.organization_id)
    return reps.annotate(
        mine=FilteredRelation("deals", condition=open_deals), worth=F("mine__amount")
    ).order_by("pk", "worth")


def raw_in_it(user):
    return Team.objects.filter(pk__in=RawSQL("SELECT %s::int", [user.pk])) | (
        Team.objects.run_by(user)
    )


def with_many_of_them(user):
    return Organization.objects.filter(pk=user.organization_id).prefetch_related(None)


SHAPES = [
    own_deals,
    with_their_relations,
    as_dicts,
    as_tuples,
    as_named_tuples,
    as_values,
    annotated,
    by_subqueries,
    by_a_window,
    sliced,
    distinct,
    ordered_by_what_is_not_shown,
    grouped_by_a_value,
    by_a_joins_condition,
    raw_in_it,
    with_many_of_them,
]


def told(row):
    """All that a row says, of itself and of those that came with it."""
    if not hasattr(row, "_state"):
        return row
    known = {k: v for k, v in row.__dict__.items() if k != "_state"}
    return type(row), known, {k: told(v) for k, v in row._state.fields_cache.items()}


@pytest.mark.parametrize("query", SHAPES, ids=lambda query: query.__name__)
def test_the_rows_are_those_of_the_ordinary_query(query, theirs):
    once = compiled_once(query)
    for user in [*theirs, *theirs]:
        expected = list(query(user))
        found = once(user)
        assert expected
        assert [type(row) for row in found] == [type(row) for row in expected]
        assert [told(row) for row in found] == [told(row) for row in expected]
    assert len(once.known[1]) == 1  # compiled for the first, and no other


def test_what_came_with_a_row_is_not_asked_for_again(theirs, django_assert_num_queries):
    once = compiled_once(with_their_relations)
    once(theirs[0])
    with django_assert_num_queries(1):
        (deal, *_) = once(theirs[1])
        assert deal.owner.team.manager_id == theirs[1].pk
        assert deal.stage.name


@pytest.mark.parametrize(
    "value",
    [7, "O’Neill 100% _\\", date(2026, 11, 9), NOON, Decimal("7.25"), uuid4(), [1, 9]],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_any_type_arrives_as_it_is(value):
    field = {
        int: ActivityEntry(change=1)._meta.get_field("change"),
        str: Deal._meta.get_field("account"),
        date: Deal._meta.get_field("opened_on"),
        datetime: ActivityEntry._meta.get_field("logged_at"),
        Decimal: Deal._meta.get_field("amount"),
        list: Organization._meta.get_field("working_days"),
    }.get(type(value), Deal._meta.get_field("key"))
    UserFactory()
    once = compiled_once(lambda value: User.objects.values_list(Value(value, field)))
    assert once(value) == [(value,)]
    assert once(value) == [(value,)]


# --- Whose rows ---


def test_two_organizations_never_see_each_others_rows(theirs):
    once = compiled_once(own_deals)
    for user in [*theirs, *reversed(theirs)]:
        assert {deal.organization_id for deal in once(user)} == {user.organization_id}
    assert len(once.known[1]) == 1


def test_nor_does_anybody_who_runs_nothing(theirs):
    once = compiled_once(own_deals)
    assert len(once(theirs[0])) == 4
    assert once(UserFactory()) == []


def test_the_first_ones_values_stay_nowhere_in_it(theirs):
    user = theirs[0]
    user.pk, user.organization_id = 812_345, 867_530
    once = compiled_once(own_deals)
    once(user)
    (statement,) = once.known[1].values()
    assert "812345" not in statement.words
    assert "867530" not in statement.words


def test_two_rows_of_one_table_are_two_values(theirs):
    one, other = theirs
    once = compiled_once(lambda a, b: User.objects.filter(Q(pk=a.pk) | Q(pk=b.pk)))
    assert set(once(one, other)) == {one, other}
    assert set(once(other, other)) == {other}


def test_whoever_is_asked_for_lazily_is_the_same(theirs):
    once = compiled_once(own_deals)
    lazy = SimpleLazyObject(lambda: theirs[1])
    assert once(lazy) == once(theirs[1])
    assert len(once.known[1]) == 1


# --- The shapes ---


def test_none_is_not_a_value(theirs):
    deal = Deal.objects.first()
    deal.opened_on = None
    deal.save()
    once = compiled_once(lambda day: Deal.objects.filter(opened_on=day))
    assert deal not in once(date(2026, 11, 2))
    assert once(None) == [deal]


def test_a_query_may_choose_by_yes_and_no_and_by_nothing(theirs):
    def deals(user, all_of_them, owner):
        found = Deal.objects.all() if all_of_them else own_deals(user)
        return found.filter(owner=owner) if owner else found

    once = compiled_once(deals)
    rep = Rep.objects.filter(team__manager=theirs[0]).first()
    asked = [(False, None), (True, None), (False, rep.pk), (False, 0), (True, rep.pk)]
    found = [len(once(theirs[0], *which)) for which in [*asked, *asked]]
    assert found == [4, 8, 2, 4, 2] * 2


def test_a_query_may_choose_by_a_field_of_a_row(theirs):
    def people(user):
        return User.objects.all() if user.is_admin else User.objects.filter(pk=user.pk)

    once = compiled_once(people)
    admin = UserFactory(is_admin=True)
    assert once(theirs[0]) == [theirs[0]]
    assert len(once(admin)) == User.objects.count()
    assert once(theirs[1]) == [theirs[1]]
    assert len(once.known[1]) == 2


def test_what_it_reads_only_of_some_tells_them_apart_from_then_on(theirs):
    def people(user):
        if user.is_admin and user.is_hr_partner:
            return User.objects.all()
        return User.objects.filter(pk=user.pk)

    once = compiled_once(people)
    admin = UserFactory(is_admin=True, is_hr_partner=False)
    both = UserFactory(is_admin=True, is_hr_partner=True)
    for _ in range(2):
        assert once(theirs[0]) == [theirs[0]]
        assert once(admin) == [admin]
        assert len(once(both)) == User.objects.count()


def test_lists_of_any_length_are_one_statement(theirs):
    once = compiled_once(
        lambda pks: Rep.objects.filter(deals__id__among=pks).distinct()
    )
    deals = list(Deal.objects.order_by("pk"))
    for some in (deals[:1], deals[:5], deals[2:3], deals):
        assert set(once([deal.pk for deal in some])) == {deal.owner for deal in some}
    assert len(once.known[1]) == 1


def test_of_an_empty_list_is_none(theirs):
    once = compiled_once(lambda pks: Deal.objects.filter(id__among=pks))
    assert once([Deal.objects.first().pk])
    assert once([]) == []


def test_nothing_to_ask_is_no_row_and_no_query(theirs, django_assert_num_queries):
    def editable(user):
        return Stage.objects.editable_by(user)

    once = compiled_once(editable)
    with django_assert_num_queries(0):
        assert once(theirs[0]) == once(theirs[1]) == []
    admin = UserFactory(is_admin=True, organization=theirs[0].organization)
    assert once(admin) == list(editable(admin)) != []


@pytest.mark.parametrize("number", [TOO_LARGE, -TOO_LARGE, 2**63, -(2**63) - 1])
def test_a_number_no_column_holds_finds_nothing(number, theirs):
    once = compiled_once(lambda pk: Deal.objects.filter(pk=pk))
    assert once(number) == []  # before it is compiled, and
    assert once(Deal.objects.first().pk)
    assert once(number) == []  # after


@pytest.mark.parametrize(("number", "found"), [(40_000, 1), (-40_000, 0), (3, 0)])
def test_nor_one_its_own_column_does_not(number, found):
    ActivityEntryFactory(change=5)
    once = compiled_once(lambda most: ActivityEntry.objects.filter(change__lte=most))
    assert len(once(number)) == found
    assert len(once(2)) == 0
    assert len(once(number)) == found


def test_language_and_zone_of_whoever_reads_change_nothing(theirs):
    once = compiled_once(own_deals)
    with translation.override("de"), timezone.override("Pacific/Kiritimati"):
        first = once(theirs[0])
    assert first == once(theirs[0])
    assert len(once.known[1]) == 1


# --- What is refused ---


@pytest.mark.parametrize(
    ("query", "value"),
    [
        (lambda pk: Deal.objects.filter(pk=pk + 1), 7),
        (lambda pk: Deal.objects.filter(pk__gt=-pk), 7),
        (lambda name: Deal.objects.filter(account=name.lower()), "Acme"),
        (lambda name: Deal.objects.filter(account=name.strip()), "Acme"),
        (lambda name: Deal.objects.filter(account__icontains=name), "Acme"),
        (lambda on: Deal.objects.filter(opened_on=on - timedelta(weeks=1)), NOON),
        (lambda on: Deal.objects.filter(opened_on=on.replace(day=1)), date(2026, 1, 1)),
        (lambda at: Deal.objects.filter(opened_on=at), NOON),
        (lambda pks: Deal.objects.filter(pk__in=pks), [7, 8]),
        (lambda user: Deal.objects.filter(account=f"{user.pk}"), User(pk=7)),
    ],
)
def test_what_is_worked_out_of_a_value_is_refused(query, value):
    with pytest.raises(NotCompilable, match="none of its arguments"):
        compiled_once(query)(value)


@pytest.mark.parametrize(
    "query",
    [
        lambda most: Deal.objects.all()[:most],
        lambda most: Deal.objects.filter(pk=1) if most > 8_000 else Deal.objects.all(),
    ],
)
def test_words_that_hang_on_a_value_are_refused(query):
    with pytest.raises(NotCompilable, match="two different texts"):
        compiled_once(query)(30)


def test_the_zone_of_whoever_asks_is_refused():
    def of_day(day):
        entries = ActivityEntry.objects.annotate(day=TruncDate("logged_at"))
        return entries.filter(day=day)

    with pytest.raises(NotCompilable, match="'UTC' and 'Asia/Kolkata'"):
        compiled_once(of_day)(date(2026, 11, 9))


def test_so_are_the_words_of_a_language():
    with pytest.raises(NotCompilable, match="none of its arguments"):
        compiled_once(lambda: Deal.objects.filter(account=gettext("Yes")))()


def test_so_is_the_clock():
    with pytest.raises(NotCompilable, match="none of its arguments"):
        compiled_once(lambda: User.objects.filter(last_login__lt=timezone.now()))()


def test_so_is_a_question_before_the_question(theirs):
    def of_first(user):
        return Deal.objects.filter(owner=Rep.objects.visible_to(user).first())

    def of_zone(user):
        return Organization.objects.filter(time_zone=user.organization.time_zone)

    for query in (of_first, of_zone):
        user = User.objects.select_related(None).get(pk=theirs[0].pk)
        with pytest.raises(NotCompilable, match="asks the database") as refusal:
            compiled_once(query)(user)
        assert query.__name__ in refusal.value.__notes__[0]


def test_so_are_rows_that_hang_on_the_arguments_themselves(theirs):
    rep = Rep.objects.first()
    prefetched = Prefetch("owner", Rep.objects.filter(pk=rep.pk))
    for query in (
        lambda rep: rep.deals.all(),
        lambda rep: Deal.objects.filter(owner=rep).prefetch_related(prefetched),
    ):
        with pytest.raises(NotCompilable, match="more than a join"):
            compiled_once(query)(rep)


def test_a_refusal_is_made_again_each_time():
    once = compiled_once(lambda pk: Deal.objects.filter(pk=pk + 1))
    for _ in range(2):
        with pytest.raises(NotCompilable):
            once(7)


# --- How it asks ---


def test_each_is_one_query_counted_and_logged_with_its_values(theirs):
    once = compiled_once(own_deals)
    once(theirs[0])
    with CaptureQueriesContext(connection) as queries:
        once(theirs[1])
    assert len(queries) == 1
    assert f'"organization_id" = {theirs[1].organization_id}' in queries[0]["sql"]


def test_whatever_stands_around_djangos_queries_stands_around_these(theirs):
    once, seen = compiled_once(own_deals), []
    once(theirs[0])

    def look(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        once(theirs[1])
    assert len(seen) == 1


def test_postgresql_plans_it_once_a_connection(theirs):
    once = compiled_once(own_deals)
    for user in theirs * 2:
        once(user)
    (statement,) = once.known[1].values()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [words for (words,) in cursor if words.startswith(statement.words[:60])]
    assert len(kept) == 1


def test_one_that_stops_early_is_planned_each_time(theirs):
    once = compiled_once(planned_anew=True)(sliced)
    for user in theirs * 4:
        assert once(user) == list(sliced(user))
    (statement,) = once.known[1].values()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [words for (words,) in cursor if words.endswith("LIMIT 2 OFFSET 1")]
    assert statement.words.endswith("LIMIT 2 OFFSET 1")
    assert not kept


def test_what_never_changes_is_written_out_so_that_an_index_can_be_chosen():
    once = compiled_once(lambda rep: Deal.objects.still_open().filter(owner=rep))
    once(1)
    (statement,) = once.known[1].values()
    assert "= 'open'" in statement.words


def test_rows_are_locked_in_a_transaction_and_outside_of_one_refused(theirs):
    once = compiled_once(lambda pk: Deal.objects.filter(pk=pk).select_for_update())
    pk = Deal.objects.first().pk
    with atomic():
        assert once(pk)[0].pk == pk
    (statement,) = once.known[1].values()
    assert statement.words.endswith("FOR UPDATE")


@pytest.mark.django_db(transaction=True)
def test_rows_to_be_locked_want_a_transaction():
    deal = DealFactory()
    once = compiled_once(lambda pk: Deal.objects.filter(pk=pk).select_for_update())
    with atomic():
        assert once(deal.pk) == [deal]
    with pytest.raises(TransactionManagementError):
        once(deal.pk)


@pytest.mark.django_db(transaction=True)
def test_two_threads_ask_at_once_each_on_its_own_connection(at_once):
    users = [RepFactory().user for _ in range(4)]
    once = compiled_once(lambda user: Rep.objects.visible_to(user))

    def ask(user):
        return lambda: [once(user) for _ in range(20)]

    answers = at_once(*(ask(user) for user in users))
    assert answers == [[[user.rep]] * 20 for user in users]
    assert len(once.known[1]) == 1


def test_the_first_row_or_none(theirs):
    once = compiled_once(own_deals)
    assert once.first(theirs[0]) == once(theirs[0])[0]
    assert once.first(UserFactory()) is None


def test_it_is_the_function_still(theirs):
    once = compiled_once(own_deals)
    assert once.__name__ == "own_deals"
    assert list(once.query(theirs[0])) == once(theirs[0])


def test_a_datetime_is_compared_as_an_instant(theirs):
    User.objects.update(last_login=NOON)
    once = compiled_once(lambda at: User.objects.filter(last_login=at))
    india = NOON.astimezone(timezone.get_fixed_timezone(330))
    assert len(once(NOON)) == len(once(india)) == User.objects.count()
    assert once(datetime(2026, 11, 12, 12, 1, tzinfo=UTC)) == []
