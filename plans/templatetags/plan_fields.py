"""A field of the plan's page: a form of its own that saves while somebody types."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()

# One save after the other: a second keystroke waits for the first one's answer.
SAVES = (
    'hx-post="{url}" hx-target="#saved-{name}" hx-swap="outerHTML" hx-include='
    '"closest form" hx-trigger="input changed delay:500ms, change" hx-sync='
    '"closest form:queue last"'
)


@register.inclusion_tag("plans/_plan_field.html", takes_context=True)
def plan_field(context, plan, box, *, rows=0, hint=""):
    """`box` says the value as typed; `rows` makes it a text of that height."""
    url = reverse("plans:edit_plan_field", args=[plan.pk, box.name])
    return {
        "box": box,
        "url": url,
        "rows": rows,
        "hint": hint,
        "csrf_token": context["csrf_token"],
        "htmx": format_html(SAVES, url=url, name=box.name),
    }
