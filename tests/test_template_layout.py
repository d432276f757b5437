"""The check of the layout: what it lets stand, and a planted breach of each rule."""

import pytest

from tests.template_layout import Layout, main

AS_IT_SHOULD_BE = """\
{% load i18n %}
{% comment %}
  However it is
     laid out.
{% endcomment %}
{% with name=row.name %}
  <form class="stack" method="post" action="{% url "plans:home" %}"
        hx-post="{% url "plans:home" %}" hx-target="#here"
        {% if row.error %}
          aria-invalid="true" aria-describedby="error"
        {% endif %}>
    <svg width="14" height="14" aria-hidden="true"><use href="#i-look"/></svg>
    <p class="small">{% if row.few > 1 %}few{% else %}many{% endif %}</p>
    <p><b>{% blocktranslate %}A week{% endblocktranslate %}</b></p>
    {% for one in row.all %}
      <b>{{ one }}</b> and <i>more</i>,
      {{ one }}
    {% empty %}
      <p>
        {% blocktranslate trimmed with name=row.name %}
          Nobody of {{ name }}.
        {% endblocktranslate %}.
        <br>
      </p>
    {% endfor %}
    <button>
      {% translate "Read" %}<span class="unseen">: {{ name }}</span></button>
    <button>
      {% translate "Read" %}<span
        class="unseen">: {{ name }}</span></button>
    <textarea name="words">
{{ words }}</textarea>
    <input data-of='{"a":
      "b"}'>
  </form>
{% endwith %}
"""
WORDS = "word " * 20  # a hundred characters


@pytest.mark.parametrize(
    "source",
    [
        AS_IT_SHOULD_BE,
        f'{{% include "plans/_pages.html" with one="{WORDS}" only %}}\n',
        f'<p class="{WORDS}">\n  word\n</p>\n',
        f'<p id="a"\n   class="{WORDS}">\n  word\n</p>\n',
    ],
    ids=["a page", "a tag", "a value", "a value below"],
)
def test_what_is_laid_out_well_stands(source):
    assert Layout(source).wrong == set()


@pytest.mark.parametrize(
    ("source", "number", "why"),
    [
        (f"<p>\n  {WORDS}\n</p>\n", 2, "102 characters, not 100"),
        (f"{{# {WORDS}#}}\n", 1, "105 characters, not 100"),
        (f'{{% translate "{WORDS}" %}}\n', 1, "118 characters, not 100"),
        (f'<p id="a" class="{WORDS}"></p>\n', 1, "123 characters, not 100"),
        ("<table><tr></tr></table>\n", 1, "one block element a line"),
        ("<dt>a</dt><dd>b</dd>\n", 1, "one block element a line"),
        (
            "{% if a %}<p><b>1</b></p>{% endif %}\n",
            1,
            "a block tag beside an element that holds one",
        ),
        (
            "<p>{% if a %}<b>1</b>{% endif %}</p>\n",
            1,
            "a block tag beside an element that holds one",
        ),
        ("<p>a\n</p>\n", 1, "give p a line of its own"),
        ("<b>a</b> <p>\n</p>\n", 1, "give p a line of its own"),
        ("<p>\n  a</p>\n", 2, "give p a line of its own"),
        ("<p>\n  a\n</p> <b>b</b>\n", 3, "give p a line of its own"),
        ("{% if a %}a\n{% endif %}\n", 1, "give if a line of its own"),
        ("{% if a %}\n  a{% endif %}\n", 2, "give if a line of its own"),
        ("{% if a %}\n  a\n{% else %}b\n{% endif %}\n", 3, "give if a line of its own"),
        ("<p>\n  <b>a</b></p>\n", 2, "give p a line of its own"),
        ("<p>\n a\n</p>\n", 2, "indent it by 2"),
        ("<p>\n  a\n  </p>\n", 3, "indent it by 0"),
        ("{% if a %}\na\n{% endif %}\n", 2, "indent it by 2"),
        ("{% if a %}\n  a\n  {% else %}\n  b\n{% endif %}\n", 3, "indent it by 0"),
        ('<a id="a"\n  href="b">c</a>\n', 2, "indent it by 3"),
        ('<a id="a"\n   {% if b %}\n   c\n   {% endif %}>d</a>\n', 3, "indent it by 5"),
        ('a<b\n    id="b">c</b>\n', 2, "indent it by 2"),
        ("a\n  b\n", 2, "indent it by 0"),
    ],
)
def test_it_finds_each_breach_and_no_other(source, number, why):
    assert Layout(source).wrong == {(number, why)}


def test_it_says_where_and_fails(tmp_path, capsys):
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text("<p>a</p>\n")
    bad.write_text("<p>\na\n</p>\n")

    assert main([str(good)]) == 0
    assert capsys.readouterr().out == ""
    assert main([str(good), str(bad)]) == 1
    assert capsys.readouterr().out == f"{bad}:2: indent it by 2\n"
