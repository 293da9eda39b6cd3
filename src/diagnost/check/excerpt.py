"""Problems as people read them: the place, the line with a caret, the hint."""

from pathlib import Path

from diagnost.model.located import Problem


def written(problem: Problem, folder: Path) -> str:
    """Write a problem: first line ``file:line:column: CODE message``, then line, caret, hint.

    ``folder`` is where the file names of places start.
    """
    lines = [str(problem)]
    source = _line(folder / problem.at.file, problem.at.line) if problem.at.line else None
    if source is not None and len(source) <= 400:
        lines.append(f"    {source}")
        caret = "^" * min(problem.at.width, max(len(source) - problem.at.column + 1, 1))
        lines.append("    " + " " * (problem.at.column - 1) + caret)
    if problem.hint:
        lines.append(f"    {problem.hint}")
    return "\n".join(lines)


def _line(path: Path, number: int) -> str | None:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for count, line in enumerate(file, start=1):
                if count == number:
                    return line.rstrip("\r\n").replace("\t", " ")
    except OSError:
        return None
    return None
