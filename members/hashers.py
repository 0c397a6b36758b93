"""Password hashing that a small server survives."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallServerArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's second setting: 19 MiB, 2 passes, 1 lane.

    Django's default takes 100 MiB a sign-in: ten people at once would fill a 1 GiB machine.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
