"""What can go wrong with an engine; a rule base that no engine could run is a DiagnostError."""


class EngineUnavailable(Exception):  # noqa: N818 - told to the user as it is, in one line
    """The engine asked for cannot be used on this machine: what, why, and what to do."""


class EngineError(Exception):
    """The engine broke off, or its record is not what the facts demand; the cause is attached."""
