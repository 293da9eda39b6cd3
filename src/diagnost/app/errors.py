"""Wrong use."""


class UsageError(Exception):
    """Wrong use of a command: told in one line, exit code 2."""
