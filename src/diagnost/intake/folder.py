"""A folder of tables as one case: accounts.csv, reps.csv, results.csv, each called as it is known.

A file is recognised by its name, as a sheet is (id, name or synonym of a table of records in any
language, words for accounts, answers, the company), or by headings that tell. Years and numbers
beside the name are left aside: "orders-2025.csv", "01 zamówienia.csv".

===== =============================================================================================
A170  a folder without any file that is recognised
A171  files in a folder that are not recognised
===== =============================================================================================
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from diagnost.intake.draft import Draft
from diagnost.intake.files import (
    CSV_SUFFIXES,
    JSON_SUFFIXES,
    SAVE_AS_XLSX,
    SUFFIXES,
    WORKBOOK_SUFFIXES,
    XML_SUFFIXES,
    YAML_SUFFIXES,
    FileReader,
)
from diagnost.intake.labels import PEERS_FILE_LABELS, key_of
from diagnost.intake.raw_records import no_headings
from diagnost.intake.remarks import stop
from diagnost.intake.tables import ANSWER_SHEETS, expect_table
from diagnost.model.located import At, DiagnostError, nearest
from diagnost.model.records import Table

_OTHER_NAMES = {
    "accounts": "accounts|statements|financial statements|finance|balance sheet|income statement|"
    "profit and loss|cash flow|cash flow statement|sprawozdanie|sprawozdania|"
    "sprawozdanie finansowe|finanse|bilans|rachunek zysków i strat|rzis|przepływy|"
    "rachunek przepływów pieniężnych|报表|报表数据|财务报表|财务数据|资产负债表|利润表|损益表|"
    "现金流量表",
    "indicators": "indicators|ratios|wskaźniki|指标",
    "company": "company|firma|公司|企业",
    "context": "context|kontekst|背景",
    "method": "method|metoda|方法",
    "answers": "|".join(sorted(ANSWER_SHEETS)),
}
_NAMES = {key_of(word): kind for kind, words in _OTHER_NAMES.items() for word in words.split("|")}
_PEERS = frozenset(map(key_of, PEERS_FILE_LABELS))
_BESIDE_THE_NAME = r"^[\W\d_]+|[\W\d_]+$"
MOST_FILES = 200


class _File(NamedTuple):
    """A file of the folder: what places call it, what it is called, and as what it is known."""

    path: Path
    name: str
    title: str
    known: str  # a kind of ``_OTHER_NAMES``, or ''
    table: Table | None

    @property
    def is_named(self) -> bool:
        """Say whether its name tells what it holds."""
        return bool(self.known) or self.table is not None


def read_folder(folder: Path, name: str, reader: FileReader) -> Draft:
    """Read every table of a folder into one draft.

    Raises DiagnostError with what is wrong in any of the files; where some are not recognised or
    cannot be read as tables, all of them are named at once.
    """
    files, others = _listed(folder, name, reader)
    draft = Draft(file=name)
    strange: list[str] = [path.name for path in others]
    peers = {file.path.name for file in files if key_of(file.title) in _PEERS}
    drafts: list[tuple[_File, Draft]] = []
    filed = [file for file in files if file.path.suffix.lower() in XML_SUFFIXES]
    if filed:  # statements of several years, read against each other
        drafts.append((filed[0], reader.filed([(f.path, f.name) for f in filed], name)))
    for file in files:
        if file.path.name in peers or file in filed:
            continue
        try:
            found = _read(file, reader)
        except DiagnostError as error:
            reader.remarks.problems += error.problems
            continue
        if found is not None:
            drafts.append((file, found))
        else:
            strange.append(file.path.name)
    for _, found in drafts:
        draft.take(found)
    peers |= {Path(cell.text).name for cell in draft.peers_files}
    strange = [other for other in strange if other not in peers]
    if strange:
        raise _not_recognised(folder, name, strange, reader)
    if not drafts:
        reader.remarks.stop_if_any()
        raise stop("A170", "this folder holds no tables that are known", At(name), _wanted(reader))
    return draft


def peers_in(folder: Path) -> Path | None:
    """Return the file of other firms of a folder, known by its name; None if there is none."""
    for path in _visible(folder):
        if path.suffix.lower() in SUFFIXES and key_of(_title(path)) in _PEERS:
            return path
    return None


def _visible(folder: Path) -> list[Path]:
    """Return the files of a folder in order of name, without those that programs hide in it."""
    try:
        found = [p for p in folder.iterdir() if not p.name.startswith((".", "~$")) and p.is_file()]
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "Check the access rights."
        raise stop("A100", f"cannot be read: {reason}", At(folder.name), hint) from error
    return sorted(found, key=lambda path: path.name)


def _listed(folder: Path, name: str, reader: FileReader) -> tuple[list[_File], list[Path]]:
    """Return the tables of a folder, and the files that should be saved as tables."""
    files: list[_File] = []
    others: list[Path] = []
    for path in _visible(folder):
        suffix = path.suffix.lower()
        file = _called(path, name, reader)
        if suffix in SAVE_AS_XLSX and file.is_named:
            others.append(path)
        # Texts and YAML may be notes or cases of their own; tables only if their names say so.
        loose = suffix in CSV_SUFFIXES and suffix != ".txt"
        if suffix in SUFFIXES and (
            file.is_named or loose or suffix in (*WORKBOOK_SUFFIXES, *XML_SUFFIXES)
        ):
            files.append(file)
        elif suffix in YAML_SUFFIXES:
            others.append(path)
    if len(files) > MOST_FILES:
        hint = "Keep the tables of one company in a folder of their own."
        raise stop("A104", f"more than {MOST_FILES} tables in one folder", At(name), hint)
    return files, others


def _title(path: Path) -> str:
    """Return what a file is called, without numbers and years beside the name."""
    return re.sub(_BESIDE_THE_NAME, "", path.stem) or path.stem


def _called(path: Path, folder: str, reader: FileReader) -> _File:
    for title in (path.stem, _title(path)):
        known, table = _NAMES.get(key_of(title), ""), reader.tables.table(title)
        if known or table is not None:
            break
    return _File(path, f"{folder}/{path.name}", title, known, None if known else table)


def _read(file: _File, reader: FileReader) -> Draft | None:
    """Return what a file says, or None where neither its name nor its content is known."""
    suffix = file.path.suffix.lower()
    if suffix in YAML_SUFFIXES:
        return reader.yaml(file.path, file.name)
    if suffix in JSON_SUFFIXES:
        return reader.read(file.path, file.name)
    found = reader.table(file.path, file.name, file.title, file.table)
    if file.table is not None and not found.draft.records and not found.draft.entries:
        reader.remarks.problems += no_headings(file.table, At(file.name)).problems
    elif found.draft.says_anything or found.has_table:
        return found.draft
    if not file.is_named:
        return None
    if file.known in ("accounts", "indicators"):
        expect_table(found, reader.remarks, reader.tables)
    return found.draft


def _not_recognised(
    folder: Path, name: str, files: Sequence[str], reader: FileReader
) -> DiagnostError:
    """Tell of all files that are not recognised, with the nearest name of each."""
    close = [
        f"{file}: {hint}"
        for file in files
        if (hint := nearest(key_of(_title(Path(file))), _known(reader)))
    ]
    endings = {Path(file).suffix.lower() for file in files}
    hint = " ".join(
        (
            *close,
            *(["Save old workbooks as .xlsx."] if endings & SAVE_AS_XLSX else []),
            *(["Give a case in YAML by itself."] if endings & set(YAML_SUFFIXES) else []),
            "Name files after what they hold, or move them out of the folder.",
            _wanted(reader),
        )
    )
    listed = ", ".join(files)
    what = "a file that is" if len(files) == 1 else f"{len(files)} files that are"
    return DiagnostError(
        [
            *reader.remarks.problems,
            *stop(
                "A171", f"the folder has {what} not recognised: {listed}", At(name), hint
            ).problems,
        ]
    )


def _known(reader: FileReader) -> Iterable[str]:
    return {*_NAMES, *reader.tables.names}


def _wanted(reader: FileReader) -> str:
    names = ", ".join(("accounts", "answers", "company", *reader.catalogue.tables))
    return f"Known are: {names} (each .csv or .xlsx), and their names in English, Polish, Chinese."
