"""Reads the accounts of a company: a file of any kind, or a folder of tables.

All problems of a file are collected and raised together. Their codes:

===== =============================================================================================
A100  the file cannot be read (missing, a folder, no rights, unknown encoding)
A101  not valid YAML
A102  a YAML key stands twice
A103  a YAML anchor, alias, tag or second document
A104  too large, too deep, or packed suspiciously tight
A105  a kind of file that is not known
A106  the content is of another kind than the name of the file says
A107  the file is empty
A108  a workbook protected by a password
A109  a damaged workbook
A110  an unknown key
A111  a wrong shape: one value, a list or a mapping was expected
A112  more or fewer amounts than periods
A113  an unknown line item
A114  an unknown indicator
A115  an unknown question of the context
A116  no periods, or no table under a row of periods
A117  no amounts
A118  a period stands twice
A119  a period without id, or with a length that cannot be
A120  not a number
A121  not a finite number, in powers of ten, or of more than 30 digits
A122  two conventions for decimals and thousands in one file
A123  a spreadsheet error such as #DIV/0!
A124  a formula without a stored value
A125  a date or a truth value instead of a number
A126  a percent without the percent sign
A127  a percent sign where none belongs
A130  a label that several line items share
A131  a label one slip away from a known one
A132  two values for one line item or indicator in a period
A133  a row whose label and id name two questions
A140  an unknown unit of amounts
A141  an unknown currency
A142  an unknown activity
A143  a word that is no answer to a question of the context
A144  a company field or answer said twice, differently
A145  an unknown choice or bundle of the method
A146  an unknown option of the method
A147  one choice of the method with two options
A150  columns that seem to be in different units
A160  and following: a file of other firms (``intake.peers_file``)
A190  a word that a mapping does not take (``intake.mapping_file``)
A191  a mapping for what is no spreadsheet
A180  and following: a statement filed with a register (``intake.xml_elements``,
      ``intake.e_sprawozdanie``) or as XBRL facts (``intake.xbrl_facts``)
A170  and following: a folder of tables (``intake.folder``)
A200  no table of records of that name
A201  a column of records that is not known, nearly known, or there twice
A202  a column or a value of records that must be given is missing
A203  not a day, or not a month
A204  a day beyond all business
A205  a number out of the bounds of its column, such as negative calls
A206  not a whole number, or a text too long
A207  a word that its column does not take
A208  neither yes nor no
A209  the same person, or the same row, twice
A210  a reference to somebody or something that is not in its table
A211  more rows of records than can be read
A212  as_of is no day, or stated twice
A213  a day of the records long after every other
A214  a row of totals among records
A220  an answer beyond the scale of its question
===== =============================================================================================

Notes tell the reader what was done or seen; lists in figures are joined by commas, line items are
ids, and ``at`` is the first place. Their kinds and figures:

====================  =============================================================================
encoding              ``encoding``: the file is not UTF-8 and was read as this
convention            ``decimal``: decimals stand after a comma in this text file
convention_assumed    ``written``: nothing shows what its separator means; thousands were taken
year_assumed          ``periods``: ids of periods of unstated length, taken as twelve months
duplicate_row         ``labels``, ``items``, ``kept``, ``places``, ``count``: rows that repeat
                      the amounts of another row (``kept``)
mapping_unused        ``labels``, ``places``, ``count``: rows and sheets of the mapping that the
                      spreadsheet does not have
row_outranked         the same: rows under a looser name than ``kept``, with other amounts
row_ignored           ``labels``, ``places``, ``candidates``, ``count``: rows with amounts that
                      name no line item; ``candidates`` ('' if none) are the nearest labels
column_ignored        ``labels``, ``places``, ``count``: columns headed by no period
sheets_hidden         ``labels``, ``places``, ``count``: sheets that are hidden, left out
netted                ``item``: own work and change in products were taken off the costs
flipped               ``items``: costs filed negative, now positive
negative_amount       ``item``, ``period``, ``value``: cannot be negative, kept as it is
counted_within_debts  ``labels``, ``places``, ``count``: provisions and deferred income within the
                      totals of debts, now beside them
finance_costs_added   the same: finance costs above the operating profit, added back to it
capital_netted        capital not paid in, own shares: taken off assets and equity
empty_total           ``labels``: totals filed as nil over parts that are not
restated              ``count``: positions whose comparatives the filing restates
comparatives_differ   ``items``, ``period``, ``before``, ``now``: other figures for the year in the
                      next year's filing; the amounts of the items in their order
first_year            a column of noughts, taken for no previous year
filing_superseded     ``labels``: filings for a period that has one drawn up later
activity_by_code      ``code``, ``activity``: kind of business taken from a code of activity
xbrl_wide             current liabilities of an XBRL report are those in the wide sense
going_concern         the filing names circumstances that threaten going on in business
provisions_long_term  ``period``: undivided provisions counted as long-term (``compute.derived``)
peers_ignored         ``labels``: columns of a file of other firms that name no indicator
peers_own_row         ``labels``: the company itself in a file of other firms
peers_other_years     ``years``: years of other firms that the accounts do not have
records_ignored       ``labels``: columns of records that are not used
records_unit_taken    ``unit``: of records and answers, stated in a file without statements
day_first_assumed     ``written``: nothing shows which part of such a day is the month
as_of_taken           ``date``: records are read as of their last day
====================  =============================================================================
"""

from pathlib import Path
from typing import TYPE_CHECKING

from diagnost.intake.assemble import assemble
from diagnost.intake.draft import Draft
from diagnost.intake.files import FileReader, is_table
from diagnost.intake.remarks import Remarks, stop
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At
from diagnost.yaml_reader import Mapping, Node

if TYPE_CHECKING:
    from diagnost.intake.mapping import Mapped


def read_accounts(
    path: Path,
    catalogue: Catalogue,
    *,
    name: str = "",
    peers: Path | None = None,
    within: Path | None = None,
    mapping: Path | None = None,
) -> Accounts:
    """Read the accounts of a company; ``name`` is what places call the file.

    ``path`` may be a folder of tables. ``peers`` is a file of other firms to compare with, in place
    of one that the accounts name, which must lie ``within`` a folder if one is given. ``mapping``
    is what the user has settled of a spreadsheet (``intake.mapping_file``). Raises
    DiagnostError with every problem found; see the codes above.
    """
    name = name or path.name or path.resolve().name
    remarks = Remarks()
    reader = FileReader(catalogue, remarks, _mapped(mapping, path, name, catalogue))
    folder = path if path.is_dir() else path.parent
    if path.is_dir():
        from diagnost.intake.folder import peers_in, read_folder

        draft = read_folder(path, name, reader)
        if peers is None and not draft.peers_files:
            peers = peers_in(path)
    else:
        draft = reader.read(path, name)
    accounts = assemble(draft, catalogue, remarks)
    if peers is None and not draft.peers_files:
        return accounts
    from diagnost.intake.peers_file import with_peers

    return with_peers(accounts, peers or _named_peers(draft, folder, within), catalogue)


def read_accounts_in(node: Node, catalogue: Catalogue, name: str) -> Accounts:
    """Read accounts that stand within another YAML file, which places call ``name``.

    Raises DiagnostError as ``read_accounts`` does.
    """
    from diagnost.intake.yaml_accounts import read_mapping

    if not isinstance(node, Mapping):
        hint = "Write 'periods:' and 'lines:' below it, each on a line of its own."
        raise stop("A111", "accounts are a mapping of company, periods and lines", node.at, hint)
    remarks = Remarks()
    return assemble(read_mapping(node, name, catalogue, remarks), catalogue, remarks)


def _mapped(mapping: Path | None, path: Path, name: str, catalogue: Catalogue) -> "Mapped | None":
    if mapping is None:
        return None
    from diagnost.intake.mapping_file import read_mapping_file

    if not is_table(path):
        hint = "Give a workbook or a text table, or leave --map out."
        raise stop("A191", "a mapping is for one spreadsheet, which this is not", At(name), hint)
    return read_mapping_file(mapping, catalogue)


def _named_peers(draft: Draft, folder: Path, within: Path | None) -> Path:
    """Return the file of other firms that the accounts name, from their own folder."""
    cell = draft.peers_files[-1]
    named = folder / cell.text
    try:
        there = named.exists()
    except (OSError, ValueError):
        there = False
    outside = within is not None and there and not named.resolve().is_relative_to(within)
    if not there or outside:
        hint = "Name it as seen from the folder of the accounts."
        raise stop("A100", f"there is no file of other firms '{cell.text}'", cell.at, hint)
    return named
