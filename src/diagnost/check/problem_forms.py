"""Problems in the forms that programs read: JSON, workflow commands of GitHub, SARIF 2.1.0."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from diagnost import __version__
from diagnost.check.codes import Page, is_warning, pages
from diagnost.model.located import At, Problem

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def level(problem: Problem) -> str:
    """Return how grave a problem is: error or warning."""
    return "warning" if is_warning(problem.code) else "error"


def as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as data; without a line or a second place these keys are left out."""
    data: dict[str, Any] = {"code": problem.code, "level": level(problem)}
    data |= {"message": problem.message, **_place(problem.at)}
    if problem.hint:
        data["hint"] = problem.hint
    if problem.also is not None:
        data["also"] = _place(problem.also)
    return data


def _place(at: At) -> dict[str, Any]:
    if not at.line:
        return {"file": at.file}
    return {"file": at.file, "line": at.line, "column": at.column, "width": at.width}


def as_github(problems: Iterable[Problem]) -> str:
    """Write problems as commands that put them beside the lines of a pull request."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    at = problem.at
    fields = {"file": at.file}
    if at.line:
        fields |= {
            "line": str(at.line),
            "col": str(at.column),
            "endColumn": str(at.column + at.width),
        }
    fields["title"] = problem.code
    told = f"{problem.code} {problem.message}" + (f"\n{problem.hint}" if problem.hint else "")
    written = ",".join(f"{key}={_escaped(value, in_field=True)}" for key, value in fields.items())
    return f"::{level(problem)} {written}::{_escaped(told)}"


def _escaped(text: str, *, in_field: bool = False) -> str:
    """Escape what ends a command, and in a field what ends the field."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_field else text


def as_sarif(problems: Sequence[Problem], root: Path) -> str:
    """Write problems as SARIF 2.1.0; the rules are the pages of the manual under ``root``."""
    manual = pages(root)
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "diagnost check",
        "version": __version__,
        "rules": [_rule(code, manual.get(code)) for code in codes],
    }
    results = [_result(problem, codes.index(problem.code)) for problem in problems]
    # Columns count characters as written, as an editor does.
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, page: Page | None) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": code,
        "defaultConfiguration": {"level": "warning" if is_warning(code) else "error"},
    }
    if page is not None:
        rule["shortDescription"] = {"text": page.title}
        rule["fullDescription"] = {"text": page.text or page.title}
        rule["help"] = {
            "text": f"{page.why} {page.remedy}".strip(),
            "markdown": f"**Why it matters:** {page.why}\n\n**Example:** {page.example}\n\n"
            f"**Remedy:** {page.remedy}",
        }
    return rule


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    told = f"{problem.message}. {problem.hint}".strip() if problem.hint else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": level(problem),
        "message": {"text": told},
        "locations": [_location(problem.at)],
    }
    if problem.also is not None:
        result["relatedLocations"] = [_location(problem.also)]
    return result


def _location(at: At) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": at.file}}
    if at.line:
        physical["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endColumn": at.column + at.width,
        }
    return {"physicalLocation": physical}
