"""A field of the plan's page: a form of its own that saves while somebody types."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()

# Every save of the page waits for the one before: the chain that comes back last is the
# chain of what is on the page.
SAVES = (
    'hx-post="{url}" hx-target="#saved-{name}" hx-swap="outerHTML"'
    ' hx-trigger="input delay:500ms, change, submit"'
    ' hx-sync="closest main:queue all"'
)


@register.inclusion_tag("plans/plan/_plan_field.html", takes_context=True)
def plan_field(context, plan, state, *, rows=0, hint=""):
    """`state` says what stands in it; `rows` makes it a text of that height."""
    _target, _dash, kind_id = state.name.partition("-")
    if kind_id:
        url = reverse("plans:set_metric", args=[plan.pk, kind_id])
    else:
        url = reverse("plans:edit_plan_field", args=[plan.pk, state.name])
    return {
        "state": state,
        "url": url,
        "rows": rows,
        "hint": hint,
        "small": state.is_figure or kind_id,
        "csrf_token": context["csrf_token"],
        "htmx": format_html(SAVES, url=url, name=state.name),
    }
