"""A folder of templates: whether all that lies in it takes the place of something shipped."""

from pathlib import Path

from diagnost.model.located import At, DiagnostError, Problem, nearest


def check_folder(folder: Path, root: Path) -> None:
    """Refuse a folder whose files would be passed over.

    Names that begin with ``_`` are parts of the house's own, and other folders inside it too.
    Raises DiagnostError: H121 no folder, H122 a file that takes no place.
    """
    if not folder.is_dir():
        hint = "Name a folder with files such as diagnosis.md.j2."
        raise DiagnostError([Problem("H121", "there is no such folder", At(str(folder)), hint)])
    shipped = sorted(path.name for path in (root / "templates").iterdir() if path.is_file())
    problems = [
        Problem(
            "H122",
            f"no shipped template is called '{path.name}'",
            At(str(path)),
            nearest(path.name, shipped) or "Let the names of your own parts begin with _.",
        )
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in shipped and path.name[0] not in "_."
    ]
    if problems:
        raise DiagnostError(problems)
