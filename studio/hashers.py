"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class StudioArgon2(Argon2PasswordHasher):
    """Argon2id with OWASP's first choice (19 MiB, two passes, one lane).

    Django's default (100 MiB, eight lanes) allows about three sign-ins a second on a two-core server; this
    one about twenty-six, enough for a whole cohort that opens its phones at the same minute.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
