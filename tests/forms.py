"""A form as the page has it: what a browser would send if nobody touched it."""

from html.parser import HTMLParser


def form_in(page, action: str) -> dict[str, str | list[str]]:
    """The fields of the form that goes to `action`, by name; several values a list."""
    reader = _Reader(action)
    reader.feed(page.text)
    assert reader.found, f"There is no form to {action}"
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in reader.fields.items()
        if name != "csrfmiddlewaretoken"
    }


class _Reader(HTMLParser):
    def __init__(self, action):
        super().__init__()
        self.action, self.found, self.is_inside = action, False, False
        self.fields: dict[str, list[str]] = {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.is_inside = facts.get("action") == self.action
            self.found |= self.is_inside
        elif not self.is_inside or "disabled" in facts:
            return
        elif tag == "select":
            self.select = facts["name"]
            self.fields[self.select] = [""]
        elif tag == "option" and "selected" in facts:
            self.fields[self.select] = [facts["value"]]
        elif tag == "textarea":
            self.textarea = facts["name"]
            self.fields[self.textarea] = [""]
        elif tag == "input" and "name" in facts:
            self._input(facts)

    def _input(self, facts):
        kind = facts.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in facts:
            return
        default = "on" if kind == "checkbox" else ""
        value = facts.get("value", default)
        self.fields.setdefault(facts["name"], []).append(value)

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea":
            self.textarea = None
