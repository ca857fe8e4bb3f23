from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id at the cost OWASP names for servers: 19 MiB, two passes.

    Django's own 100 MiB in eight lanes takes eight times the work, too much for two cores when every city hall signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
