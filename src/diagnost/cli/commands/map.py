"""``map``: how the rows and columns of a spreadsheet are read, to be corrected."""

from diagnost.cli.options import File, Output, Shape, ShapeOption
from diagnost.cli.output import put, refuse_unwritable


def map_(
    file: File,
    output: Output = None,
    form: ShapeOption = Shape.TEXT,
) -> None:
    """Write how each row and column of a spreadsheet is read, to be corrected and used again.

    What cannot be placed stands with the nearest items. Correct the file once; --map FILE reads
    this spreadsheet, and the next year's, by it.

    Example: diagnost map acme.xlsx -o acme-map.yaml
    """
    from diagnost.app.mapping import MappingRequest, mapping_of

    refuse_unwritable(output, file)
    put(mapping_of(MappingRequest(file=file, form=form)), output)
