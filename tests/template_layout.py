"""How a template is laid out: `python -m tests.template_layout FILE…` says where not.

A line holds one thing, two spaces deeper than what that is in. What is short may share
a line: an element of words, an `{% if %}` around some. What takes more lines begins and
ends on lines of its own; attributes that go on stand below the first. `djade` sees to
everything else.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

WIDEST = 100
BLOCK = re.compile(
    "article|aside|blockquote|body|caption|d[dlt]|details|dialog|div|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|head|header|html|legend|li|main|nav|ol|p|pre|section"
    "|summary|table|tbody|td|template|th|thead|tr|ul"
)
VOID = {"br", "hr", "img", "input", "link", "meta"}
RAW = {"pre", "script", "style", "textarea"}  # every space in it is content
MIDDLE = {"elif", "else", "empty", "plural"}

DJANGO = r"\{%.*?%\}|\{\{.*?\}\}"
VALUE = rf"\"(?:{DJANGO}|[^\"])*\"|'[^']*'"
COMMENT = r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!.*?>"
TOKEN = re.compile(
    rf"{COMMENT}|\{{\{{.*?\}}\}}|\{{% *(?P<tag>\w+).*?%\}}"
    rf"|<(?P<end>/?)(?P<element>[a-z]\w*)(?:{VALUE}|{DJANGO}|[^>\"'])*>",
    re.DOTALL,
)
IN_A_TAG = re.compile(rf"\{{% *(?P<tag>\w+).*?%\}}|\{{\{{.*?\}}\}}|{VALUE}", re.DOTALL)
# Django reads a tag on one line, and a newline in a value would be part of the value.
ONE_PIECE = re.compile(
    rf"\{{%(?! translate)[^%]*%\}}|(?:<\w+ )?[\w:-]+=(?:{VALUE})/?>?"
)


@dataclass
class Opened:
    """A block tag or an element whose end is not read yet."""

    name: str
    is_tag: bool
    marks: list[tuple[int, int]]  # where it begins, and each {% else %} of it
    holds_elements: bool = False


class Layout:
    """One template, read from its top; `wrong` has each line's number, and why."""

    def __init__(self, source: str) -> None:
        self.source, self.opened = source, []
        self.wrong: set[tuple[int, str]] = set()
        self.paired = set(re.findall(r"\{% *end(\w+)", source))
        lines = re.finditer(r"^ *(?=\S)", source, re.MULTILINE)
        self.begins = [line.end() for line in lines] + [len(source)]
        self.blocks, self.tags, self.nests = Counter(), set(), set()  # by line
        self._read()
        for number, many in self.blocks.items():
            if many > 1:
                self.wrong.add((number, "one block element a line"))
        for number in self.tags & self.nests:
            self.wrong.add((number, "a block tag beside an element that holds one"))
        for number, text in enumerate(source.splitlines(), 1):
            if len(text) > WIDEST and not ONE_PIECE.fullmatch(text.strip()):
                self.wrong.add((number, f"{len(text)} characters, not {WIDEST}"))

    def _read(self):
        at = 0
        while token := TOKEN.search(self.source, at):
            start, at = token.span()
            tag, element = token["tag"], token["element"]
            ends = bool(token["end"] or (tag or "").startswith("end"))
            depth = 2 * len(self.opened)
            self._expect(depth, start)
            self._expect(depth - 2 * (ends or tag in MIDDLE), start + 1)
            if element:
                self._attributes(token)
            self._expect(None, at)
            if tag in MIDDLE:
                self.opened[-1].marks.append((start, at))
            elif ends:
                self._end(start, at)
            elif tag in self.paired:
                self.opened.append(Opened(tag, True, [(start, at)]))
            elif element:
                self._element(element, start, at, is_void=token[0].endswith("/>"))
                if element in RAW:
                    at = self.source.index(f"</{element}>", at)
                    self._expect(None, at)
        self._expect(0, len(self.source))

    def _attributes(self, token):
        """Those that go on below: under the first, or two deeper than words before."""
        start, deep = token.start(), 2 * len(self.opened) + 2
        if not self._before(start).strip():
            deep = self._column(start) + len(token["element"]) + 2
        for piece in IN_A_TAG.finditer(token[0]):
            tag = piece["tag"] or ""
            ends = tag.startswith("end")
            self._expect(deep, start + piece.start())
            self._expect(deep - 2 * (ends or tag in MIDDLE), start + piece.start() + 1)
            self._expect(None, start + piece.end())
            deep += 2 * (tag in self.paired) - 2 * ends
        self._expect(deep, token.end())

    def _element(self, name, start, end, *, is_void):
        self.blocks[self._line(start)] += bool(BLOCK.fullmatch(name))
        for around in reversed(self.opened):
            around.holds_elements = True
            if not around.is_tag:
                break
        if not is_void and name not in VOID:
            self.opened.append(Opened(name, False, [(start, end)]))

    def _end(self, start, end):
        one = self.opened.pop()
        line = self._line(start)
        if self._line(one.marks[0][1]) == line:
            if one.is_tag and one.name != "blocktranslate":
                self.tags.add(line)
            elif one.holds_elements:
                self.nests.add(line)
        elif one.name not in RAW:
            for mark in (*one.marks, (start, end)):
                if self._shares_a_line(*mark):
                    where = self._line(mark[0])
                    self.wrong.add((where, f"give {one.name} a line of its own"))

    def _shares_a_line(self, start, end):
        before, after = self._before(start), self.source[end:].partition("\n")[0]
        if before.endswith("</span>") and self.source.startswith("</", start):
            before = ""  # after words that are only heard, a space would be seen
        return bool(before.strip() or after.strip(".,:;"))

    def _expect(self, columns, until):
        """Every line that begins before here begins in this column."""
        while self.begins[0] < until:
            place = self.begins.pop(0)
            if columns is not None and self._column(place) != columns:
                self.wrong.add((self._line(place), f"indent it by {columns}"))

    def _line(self, place):
        return self.source.count("\n", 0, place) + 1

    def _column(self, place):
        return place - self.source.rfind("\n", 0, place) - 1

    def _before(self, place):
        return self.source[place - self._column(place) : place]


def main(paths: list[str]) -> int:
    found = [
        f"{path}:{number}: {why}"
        for path in paths
        for number, why in sorted(Layout(Path(path).read_text()).wrong)
    ]
    for line in found:
        print(line)  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
