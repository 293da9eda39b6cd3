"""``new``: an entry to begin with."""

from pathlib import Path
from typing import Annotated, Any

import typer

from diagnost.cli.output import say


def new(
    kind: Annotated[
        str,
        typer.Argument(
            help="topic, indicator, statement, rule, cause, ruling, recommendation, question; pack."
        ),
    ],
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The whole id, such as finance.liquidity.quick_ratio.falling."
        ),
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--in", metavar="DIR", help="A pack, or a folder with knowledge/ and rules/."),
    ] = None,
    topic: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file; by default as the id says.")
    ] = None,
    when: Annotated[str, typer.Option(help="The condition: {fact: word, …}.")] = "",
    cites: Annotated[
        list[str] | None, typer.Option(help="A source, such as F5.4; else basis: inference.")
    ] = None,
    then: Annotated[str, typer.Option(help="Of a rule: {state: word}.")] = "",
    polarity: Annotated[
        str, typer.Option(help="Of a statement: good, watch, bad, info, impossible.")
    ] = "watch",
    urgency: Annotated[
        str, typer.Option(help="Of a recommendation: now, this_quarter, this_year.")
    ] = "this_quarter",
    answers: Annotated[
        list[str] | None, typer.Option(help="Of a recommendation: a finding it answers.")
    ] = None,
    effects: Annotated[
        list[str] | None, typer.Option(help="Of a cause: a finding that it explains.")
    ] = None,
    causes: Annotated[
        list[str] | None, typer.Option(help="Of a cause: a finding by which it is explained.")
    ] = None,
    silences: Annotated[
        list[str] | None, typer.Option(help="Of a ruling: an entry that gives way.")
    ] = None,
    symbol: Annotated[str, typer.Option(help="Of an indicator: short and unique.")] = "",
    formula: Annotated[str, typer.Option(help="Of an indicator.")] = "",
    unit: Annotated[str, typer.Option(help="Of an indicator, or of a question's number.")] = "",
    bands: Annotated[
        str, typer.Option(help="Of an indicator, upwards: low < 1, safe <= 2, high.")
    ] = "",
    words: Annotated[list[str] | None, typer.Option(help="Of a question: a word it takes.")] = None,
    area: Annotated[str, typer.Option(help="Of a topic or question, if not as the id says.")] = "",
) -> None:
    """Write an entry to begin with; its texts are left to you.

    It goes into the file that its id names, behind what stands there; nothing is overwritten. Texts
    are marked TODO, and check tells each. In a terminal what is lacking is asked for.

    Example: diagnost new rule finance.debt.verdict.fewer --when "{lines.cash.sign: zero}"
    """
    from diagnost.app.errors import UsageError
    from diagnost.app.writing import KINDS, Wish, lacking, write_entry
    from diagnost.knowledge.skeletons import Draft

    if kind == "pack":
        from diagnost.app.packing import new_pack

        say("".join(f"{Path(id_) / name}\n" for name in new_pack(Path(id_))))
        return
    if kind not in KINDS:
        raise UsageError(f"there is no kind '{kind}'; the kinds are {', '.join(KINDS)}")
    given: dict[str, Any] = {
        "when": when,
        "then": then,
        "symbol": symbol,
        "formula": formula,
        "unit": unit,
        **{
            name: tuple(part.strip() for each in listed or () for part in each.split(","))
            for name, listed in (
                ("answers", answers),
                ("effects", effects),
                ("causes", causes),
                ("silences", silences),
                ("words", words),
                ("cites", cites),
            )
        },
    }
    for name, question, example in lacking(kind):
        if not given[name] and not (name == "words" and unit):
            asked = _asked(f"{question} ({example})", f"--{name}")
            listed_ = isinstance(given[name], tuple)
            given[name] = tuple(p.strip() for p in asked.split(",")) if listed_ else asked
    draft = Draft(
        kind=kind, id="", languages=(), polarity=polarity, urgency=urgency, area=area, **given
    )
    written = write_entry(
        Wish(kind=kind, id=id_, draft=draft, folder=folder, file=topic, bands=bands)
    )
    say(f"{written.file}:{written.line}: {written.id}\n")
    texts = "1 text" if written.texts == 1 else f"{written.texts} texts"
    say(f"{texts} to write (TODO), then: {written.check}\n")


def _asked(question: str, option: str) -> str:
    """Ask in a terminal for what is lacking; elsewhere it is wrong use."""
    from diagnost.app.errors import UsageError
    from diagnost.cli import prompts

    if not prompts.is_possible():
        raise UsageError(f"{option} is needed here. {question}")
    return prompts.line(question, "", lambda text: "" if text.strip() else "It is needed.").strip()
