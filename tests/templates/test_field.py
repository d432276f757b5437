"""What `{{ form.as_div }}` gives everywhere, from templates/django/forms/."""

import pytest
from django import forms
from pytest_django.asserts import assertInHTML

from tests.pages import one_line


class QuotaForm(forms.Form):
    amount = forms.DecimalField(
        label="Quota", help_text="For the whole quarter.", max_value=10
    )
    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"class": "field-words", "placeholder": "Why"}),
    )
    kind = forms.ChoiceField(choices=[("a", "Full"), ("b", "Ramp")], required=False)
    tell = forms.BooleanField(label="Tell the rep", required=False)
    days = forms.MultipleChoiceField(
        choices=[(1, "Monday"), (2, "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.data.get("key") == "twice":
            raise forms.ValidationError("That came twice.")


@pytest.fixture
def html():
    return one_line(QuotaForm().as_div())


def test_a_field_has_its_label_its_look_and_its_hint(html):
    assert '<label class="field-label" for="id_amount">Quota</label>' in html
    assert (
        'aria-describedby="id_amount_helptext" id="id_amount" class="field-input"'
        in html
    )
    assert '<div class="field-hint" id="id_amount_helptext">' in html


def test_a_class_of_the_forms_own_joins_the_look_of_all_fields(html):
    assert 'class="field-input field-words"' in html
    assert html.count('class="field-input"') == 2  # the amount and the kind


def test_a_placeholder_is_left_out(html):
    assert "placeholder" not in html


def test_a_tick_has_its_label_beside_it_and_no_input_look(html):
    assertInHTML('<input type="checkbox" name="tell" id="id_tell">', html)
    assert '<label for="id_tell">Tell the rep</label>' in html
    assert '<label class="tick" for="id_days_0">' in html


def test_a_hidden_field_is_there_without_any_look(html):
    assertInHTML('<input type="hidden" name="key" id="id_key">', html)


def test_what_is_wrong_is_said_under_its_field_with_an_icon():
    html = QuotaForm({"amount": "11"}).as_div()

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert 'id="id_amount_error"' in html
    assert html.count('href="#i-look"') == 1
    assert "Use 10 or less." in html


def test_what_is_wrong_with_the_whole_form_is_a_banner_above_it():
    html = QuotaForm({"amount": "1", "key": "twice"}).as_div()

    assert html.index('role="alert"') < html.index("That came twice.")
    assert html.index("That came twice.") < html.index('class="field ')
