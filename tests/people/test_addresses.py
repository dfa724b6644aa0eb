"""Addresses are those that Django gives, in Python and in templates."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from people.addresses import address_of


def drawn(tag, **context):
    return Template(tag).render(Context(context))


@pytest.mark.parametrize(
    ("name", "numbers"), [("studio:todo", []), ("casework:case-detail", [5]), ("casework:case-detail", [12])]
)
def test_numbers_are_filled_in(name, numbers):
    assert address_of(name, *numbers) == reverse(name, args=numbers)


def test_several_numbers_keep_their_places():
    name, numbers = "growth:assessed-adjust", [987654322, 7]
    assert drawn("{% url name one two %}", name=name, one=numbers[0], two=7) == reverse(name, args=numbers)


@pytest.mark.parametrize("rule", ["quiet", "x987654321"])
def test_words_stay_as_they_are(rule):
    assert drawn("{% url 'studio:stuck-leave' rule 5 %}", rule=rule) == reverse(
        "studio:stuck-leave", args=[rule, 5]
    )


def test_a_variable_takes_the_address_as_with_django():
    assert drawn("{% url 'studio:todo' as here %}[{{ here }}]") == "[/todo/]"


@pytest.mark.parametrize("tag", ["{% url 'studio:nowhere' %}", "{% url 'casework:case-detail' 1 2 %}"])
def test_an_address_that_does_not_exist_is_loud(tag):
    with pytest.raises(NoReverseMatch):
        drawn(tag)
