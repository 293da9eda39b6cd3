"""``indicators``: the table of readings."""

from diagnost.cli.options import File, Lang, Language, MaskNames, MethodOption, Output
from diagnost.cli.output import put, refuse_unwritable, width


def indicators(
    file: File,
    output: Output = None,
    lang: Lang = Language.EN,
    method: MethodOption = None,
    mask_names: MaskNames = False,
) -> None:
    """Show the indicators of a company with norms and tendencies.

    Example: diagnost indicators acme.csv
    """
    from diagnost.app.diagnosis import indicator_table

    refuse_unwritable(output, file)
    picks = ",".join(method or ())
    put(indicator_table(file, lang, width=width(), method=picks, mask_names=mask_names), output)
