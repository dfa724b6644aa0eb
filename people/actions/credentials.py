"""Passwords that a person has to read out or copy by hand."""

import secrets

# No 0/o, 1/l: they are mistaken for each other.
LETTERS = "abcdefghijkmnpqrstuvwxyz"
FIGURES = "23456789"


def readable_password():
    """Four letters and six figures: about 37 random bits, behind the limits of the sign-in page."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(4))
    return letters + "".join(secrets.choice(FIGURES) for _ in range(6))
