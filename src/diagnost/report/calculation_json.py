"""A calculation as JSON: plain numbers, percents as fractions, each with its place."""

import json
from decimal import Decimal
from typing import Any

from diagnost import __version__
from diagnost.compute.calculation import Calculation, Given, Result
from diagnost.model.calculator import FLAG_UNIT
from diagnost.model.json_numbers import plain
from diagnost.report.calculation_sheet import Sheet

DIGITS = 15
"""Significant digits of a result: calculators are exact to the last unit."""


def as_json(made: Calculation, sheet: Sheet) -> str:
    """Return a calculation as JSON, its sentences in the language of the sheet."""
    printed = {line.id: line for line in (*sheet.given, *sheet.results)}
    refused = bool(made.refusals)
    remarks = {remark.id: remark for remark in made.remarks}
    data = {
        "schema": 1,
        "version": __version__,
        "language": sheet.language,
        "calculator": made.calculator.id,
        "title": sheet.title,
        "refused": refused,
        "inputs": [_given(given, printed[given.input.id].name) for given in made.given.values()],
        "figures": [
            _result(result, made, sheet) for result in made.results.values() if not refused
        ],
        "parts": [
            {
                "level": part.level,
                "path": list(part.path),
                "amount": plain(part.amount, DIGITS),
                "share": plain(part.share, DIGITS),
            }
            for part in sheet.parts
        ],
        "remarks": [
            {
                "id": note.id,
                "kind": note.kind,
                "text": note.text,
                "cites": list(remarks[note.id].cites.ids) if note.id in remarks else [],
                "basis": "inference"
                if note.id in remarks and remarks[note.id].cites.inference
                else "text",
            }
            for note in sheet.notes
        ],
        "sources": list(sheet.sources),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _given(given: Given, name: str) -> dict[str, Any]:
    value: Any
    if not isinstance(given.value, Decimal):
        value = [{"name": label, "weight": plain(weight, DIGITS)} for label, weight in given.value]
    else:
        value = bool(given.value) if given.input.unit == FLAG_UNIT else plain(given.value, DIGITS)
    return {
        "id": given.input.id,
        "name": name,
        "unit": given.input.unit,
        "value": value,
        "as_written": given.as_written,
        "origin": given.origin,
        "assumed": given.input.assumed and given.origin == "usual",
        "where": [str(place) for place in given.places],
        "cites": list(given.input.cites.ids),
    }


def _result(result: Result, made: Calculation, sheet: Sheet) -> dict[str, Any]:
    figure = result.figure
    line = next((line for line in sheet.results if line.id == figure.id), None)
    value = result.value
    shown: Any = None
    if value is not None:
        shown = bool(value) if figure.unit == FLAG_UNIT else plain(value, DIGITS)
    return {
        "id": figure.id,
        "name": figure.name.in_language(sheet.language) or figure.id,
        "unit": figure.unit,
        "value": shown,
        "reason": result.missing.reason if result.missing is not None else None,
        "needs": list(result.missing.needs) if result.missing is not None else [],
        "formula": _formula(result, made),
        "how": line.note if line is not None else "",
        "shown": figure.shown,
        "cites": list(figure.cites.ids),
        "basis": "inference" if figure.cites.inference else "text",
    }


def _formula(result: Result, made: Calculation) -> str:
    """Return the formulas as written in the knowledge base, each with its condition."""
    cases = made.calculator.figures[result.figure.id].cases
    return "; ".join(f"{c.text} when {c.when_text}" if c.when_text else c.text for c in cases)
