"""From the start of the process to the finished text document, against the imports alone.

    python benchmarks/startup.py [--rounds 15] [--engine auto]

Both run in turn, so that whatever else the machine does falls on both alike; of the warm cases the
quickest run counts, which the rest of the machine disturbs least. Three states:

- warm: compiled modules and the kept knowledge base are there, as in every run but the first;
- edited: the knowledge base must be read anew, as after each edit of it;
- cold: compiled modules are missing too, as in the first run after installing.

The goal is a warm ratio of at most 3 for a company with accounts. A sales force, and a company with
both, read records besides and write more; they are measured warm, as are accounts in a workbook and
statements as they were filed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
FINANCE = EXAMPLES / "overstocked-manufacturer.yaml"
SALES = EXAMPLES / "sales" / "stars-and-veterans.yaml"
WORKBOOK = EXAMPLES / "sales" / "healthy-team.xlsx"
STATEMENTS = EXAMPLES / "kamienna-dolina.xlsx"
FILINGS = EXAMPLES / "filings" / "kamienna-dolina"
GOAL = 3.0

DIAGNOSIS = (sys.executable, "-m", "diagnost", "diagnose")
IMPORTS = (sys.executable, "-c", "import yaml, jinja2, typer")


def seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Run a command to its end and return the time of the processor that it took.

    What waits for a busy machine does not count; where the system does not tell, all time does.
    """
    start, before = perf_counter(), _of_children()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return (_of_children() - before) or (perf_counter() - start)


def _of_children() -> float:
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:  # not on Windows
        return 0.0
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(diagnosis: Sequence[str], rounds: int, state: str) -> tuple[list[float], list[float]]:
    """Return the times of a diagnosis and of the imports, taken in turn."""
    whole: list[float] = []
    imports: list[float] = []
    with tempfile.TemporaryDirectory() as kept:
        environment = _keeping(kept)
        if state == "edited":
            environment["DIAGNOST_CACHE"] = "off"
        if state != "cold":
            seconds(diagnosis, environment)
            seconds(IMPORTS, environment)
        for _ in range(rounds):
            for command, times in ((diagnosis, whole), (IMPORTS, imports)):
                with tempfile.TemporaryDirectory() as empty:
                    there = _keeping(empty) if state == "cold" else environment
                    times.append(seconds(command, there))
    return whole, imports


def _keeping(folder: str) -> dict[str, str]:
    """Return an environment in which compiled modules and kept knowledge lie in a folder."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "DIAGNOST_CACHE": f"{folder}/kept"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def both_sides(folder: Path) -> Path:
    """Write the accounts of one example and the records of another as one company."""
    path = folder / "both.yaml"
    accounts, team = FINANCE.read_text("utf-8"), SALES.read_text("utf-8")
    as_of = next(line for line in team.splitlines() if line.startswith("as_of:"))
    records = team[team.index("\nrecords:\n") :]
    path.write_text(f"{accounts}\n{as_of}\n{records}", "utf-8")
    return path


def row(name: str, diagnosis: Sequence[float], imports: Sequence[float]) -> float:
    """Print one line of the table and return the ratio of the quickest runs."""
    ratio = min(diagnosis) / min(imports)
    ratios = [mine / other for mine, other in zip(diagnosis, imports, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    print(
        f"{name:<20}{min(diagnosis) * 1000:>12.0f} ms{min(imports) * 1000:>10.0f} ms"
        f"{ratio:>9.2f}   ({low:.2f} to {high:.2f})"
    )
    return ratio


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15, help="runs of each (15)")
    parser.add_argument("--engine", default="auto", help="auto, durable or builtin (auto)")
    arguments = parser.parse_args()
    rounds: int = arguments.rounds

    def diagnosis(case: Path) -> Sequence[str]:
        return (*DIAGNOSIS, str(case), "--engine", arguments.engine)

    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}, engine {arguments.engine}, {rounds} rounds")
    print("Quickest runs; ratio, with the middle half of all ratios")
    print(f"{'':<20}{'diagnosis':>15}{'imports':>13}{'ratio':>9}")
    warm = row("accounts, warm", *measure(diagnosis(FINANCE), rounds, "warm"))
    row("a workbook, warm", *measure(diagnosis(STATEMENTS), rounds, "warm"))
    row("filings, warm", *measure(diagnosis(FILINGS), rounds, "warm"))
    row("sales force, warm", *measure(diagnosis(SALES), rounds, "warm"))
    row("its workbook, warm", *measure(diagnosis(WORKBOOK), rounds, "warm"))
    with tempfile.TemporaryDirectory() as folder:
        row("both sides, warm", *measure(diagnosis(both_sides(Path(folder))), rounds, "warm"))
    row("accounts, edited", *measure(diagnosis(FINANCE), rounds, "edited"))
    row("accounts, cold", *measure(diagnosis(FINANCE), max(2, rounds // 3), "cold"))
    print(f"goal: warm ratio at most {GOAL:g}: {'met' if warm <= GOAL else 'missed'}")
    return 0 if warm <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
