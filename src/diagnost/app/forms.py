"""Empty forms for accounts, and for the questions and records of a side such as sales."""

from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.app.saving import make_folder, refuse_unwritable, save
from diagnost.app.shipped import ReadyShelf
from diagnost.intake.form import write_form
from diagnost.model.catalogue import Catalogue


def form(kind: str, language: str, purpose: str = "") -> bytes:
    """Return an empty form: xlsx, csv or yaml; raises UsageError for a side that is not known.

    Where no side is named, it is that of the accounts.
    """
    catalogue = ReadyShelf().catalogue
    side = _side(purpose, catalogue)
    if not side:
        return write_form(kind, catalogue, language)
    from diagnost.intake.record_form import write_record_form

    return write_record_form(kind, catalogue, language, side)


def form_folder(folder: Path, language: str, purpose: str, *, overwrite: bool) -> None:
    """Write an empty form as a folder of text files, which is made where there is none.

    Raises UsageError for a side that is not known, and where a file cannot be written.
    """
    from diagnost.intake.form_folder import write_form_folder

    catalogue = ReadyShelf().catalogue
    files = write_form_folder(catalogue, language, _side(purpose, catalogue))
    make_folder(folder)
    paths = {folder / name: content for name, content in files.items()}
    for path in paths:
        refuse_unwritable(path, overwrite=overwrite)
    for path, content in paths.items():
        save(path, content)


def _side(purpose: str, catalogue: Catalogue) -> str:
    """Return the side that a form is for, '' for that of the accounts."""
    from diagnost.intake.record_form_rows import purposes_of

    accounts = catalogue.accounts_side
    if purpose in ("", accounts):
        return ""
    known = purposes_of(catalogue)
    if purpose not in known:
        raise UsageError(
            f"--for: there is no form for '{purpose}', only {', '.join((accounts, *known))}"
        )
    return purpose
