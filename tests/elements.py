"""A page's elements with their attributes and words, for what a template must tie."""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"input", "br", "hr", "img", "link", "meta", "use", "path", "rect", "line"}


@dataclass(eq=False)
class Element:
    """`words`: all that stands in it. `within`: what it stands in, nearest first."""

    tag: str
    attrs: dict[str, str]
    within: list["Element"]
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()


@lru_cache(maxsize=1)  # of one answer several things are asked
def elements_of(html: str) -> list[Element]:
    """Every element, in the page's order; what stands in a <template> is not there."""
    reader = _Reader()
    reader.feed(html)
    return [
        element
        for element in reader.found
        if not any(around.tag == "template" for around in element.within)
    ]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        element = Element(tag, facts, self.open[::-1])
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        for element in self.open:
            element.text.append(data)
