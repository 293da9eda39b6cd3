"""``indicators``: the table of readings."""

from diagnost.cli.options import File, Lang, Language, MethodOption, Output
from diagnost.cli.output import put, refuse_unwritable, width


def indicators(
    file: File, output: Output = None, lang: Lang = Language.EN, method: MethodOption = None
) -> None:
    """Show the indicators of a company with norms and tendencies.

    Example: diagnost indicators acme.csv
    """
    from diagnost.app.diagnosis import indicator_table

    refuse_unwritable(output, file)
    put(indicator_table(file, lang, width=width(), method=",".join(method or ())), output)
