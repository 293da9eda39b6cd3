"""Empty forms for accounts, and for the questions and records of a side such as sales."""

from diagnost.app.errors import UsageError
from diagnost.app.shipped import ready_knowledge
from diagnost.intake.form import write_form

FINANCE = "finance"


def form(kind: str, language: str, purpose: str = FINANCE) -> bytes:
    """Return an empty form: xlsx, csv or yaml; raises UsageError for a side that is not known."""
    catalogue = ready_knowledge().catalogue
    if purpose == FINANCE:
        return write_form(kind, catalogue, language)
    from diagnost.intake.record_form import write_record_form
    from diagnost.intake.record_form_rows import purposes_of

    known = purposes_of(catalogue)
    if purpose not in known:
        raise UsageError(
            f"--for: there is no form for '{purpose}', only {', '.join((FINANCE, *known))}"
        )
    return write_record_form(kind, catalogue, language, purpose)
