"""Empty forms for accounts, and for the questions and records of a side such as sales."""

from diagnost.app.errors import UsageError
from diagnost.app.shipped import ReadyShelf
from diagnost.intake.form import write_form


def form(kind: str, language: str, purpose: str = "") -> bytes:
    """Return an empty form: xlsx, csv or yaml; raises UsageError for a side that is not known.

    Where no side is named, it is that of the accounts.
    """
    catalogue = ReadyShelf().catalogue
    accounts = catalogue.accounts_side
    if purpose in ("", accounts):
        return write_form(kind, catalogue, language)
    from diagnost.intake.record_form import write_record_form
    from diagnost.intake.record_form_rows import purposes_of

    known = purposes_of(catalogue)
    if purpose not in known:
        raise UsageError(
            f"--for: there is no form for '{purpose}', only {', '.join((accounts, *known))}"
        )
    return write_record_form(kind, catalogue, language, purpose)
