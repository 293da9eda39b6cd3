"""The answers of a questionnaire that is not finished, in a file beside the one to be written."""

import json
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.saving import save

FORM = 1
"""The form of the file; another one is refused."""
UNKNOWN = "unknown"


class KeptAnswers(NamedTuple):
    """What was said so far.

    ``answers`` are as an accounts file writes them (``unknown`` included); a question that was
    left out is not among them. ``at`` is the question to go on with, '' at the beginning.
    """

    purpose: str
    name: str = ""
    as_of: str = ""
    tables: tuple[str, ...] | None = None  # None: not asked yet
    deeper: bool | None = None  # whether the optional questions are wanted; None: not asked yet
    answers: dict[str, str] = {}  # noqa: RUF012
    at: str = ""


def state_of(output: Path) -> Path:
    """Return the file that keeps the answers until the output is written."""
    return output.with_name(f"{output.name}.unfinished")


def keep(kept: KeptAnswers, path: Path) -> None:
    """Write the answers, whole or not at all; raises UsageError."""
    content = json.dumps({"form": FORM, **kept._asdict()}, ensure_ascii=False, indent=1)
    save(path, (content + "\n").encode())


def kept_in(path: Path, purpose: str) -> KeptAnswers | None:
    """Return the answers of a file, None where there is none.

    Raises UsageError where the file holds something else.
    """
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot go on with {path}: {error}; delete it to begin anew") from error
    try:
        if found["form"] != FORM or found["purpose"] != purpose:
            raise ValueError("other answers are kept in it")
        tables = found["tables"]
        return KeptAnswers(
            purpose=purpose,
            name=str(found["name"]),
            as_of=str(found["as_of"]),
            tables=None if tables is None else tuple(str(table) for table in tables),
            deeper=None if found["deeper"] is None else bool(found["deeper"]),
            answers={str(key): str(value) for key, value in found["answers"].items()},
            at=str(found["at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"cannot go on with {path}: it holds no answers to these questions; delete it to begin "
            "anew"
        ) from error


def forget(path: Path) -> None:
    """Remove the file once the output is written."""
    path.unlink(missing_ok=True)
