"""What a refusal is held to: found on the page, and said in our voice."""

import re

from tests.elements import elements_of

# Django's own sentences, of its forms, its models and its validators.
DJANGOS_OWN = re.compile(
    r"This field (is required|cannot be)|Enter a (valid|whole|number)|Select a valid"
    r"|Ensure (this|that)|Null characters|with this .* already exists|Enter a list"
    r"|is not a valid|is not one of the available|must be (either|unique)|Hidden field"
    r"|Constraint .* is violated"
)


def complaints(answer) -> list[str]:
    return [
        element.words
        for element in elements_of(answer.text)
        if {"field-error", "banner"} & set(element.classes)
    ]


def is_refusal(answer) -> bool:
    return answer.status_code in {409, 422} or (
        answer.status_code == 200 and 'class="field-error"' in answer.text
    )


def untied(html: str) -> list[str]:
    """Errors no field points to, and refused fields that point to none."""
    page = elements_of(html)
    by_id = {element.attrs["id"]: element for element in page if "id" in element.attrs}
    invalid = [one for one in page if one.attrs.get("aria-invalid") == "true"]
    whole = [one for one in page if "data-refused" in one.attrs]
    told = set()
    loose = [] if invalid or whole else ["nothing is marked"]
    for field in invalid:
        around = [one for one in field.within if one.tag == "fieldset"]
        ids = " ".join(
            one.attrs.get("aria-describedby", "") for one in [field, *around]
        ).split()
        here = [by_id[name] for name in ids if name in by_id]
        told |= {id(one) for one in here}
        if not any(one.words for one in here if has_error(page, one)):
            loose.append(f"{field.attrs.get('name')}: tied to no error")
    for error in page:
        if "field-error" in error.classes:
            places = [error, *error.within]
            tied = any(id(place) in told for place in places)
            if not tied and not any("data-refused" in one.attrs for one in places):
                loose.append(f"{error.words}: tied to no field")
    if invalid and not any("autofocus" in field.attrs for field in invalid):
        loose.append("none has the focus")
    return loose


def has_error(page, place) -> bool:
    """Whether it is one, or holds one."""
    return "field-error" in place.classes or any(
        "field-error" in one.classes and place in one.within for one in page
    )
