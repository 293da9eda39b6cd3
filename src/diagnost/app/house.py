"""The style that a document is handed out in, as a command line or a profile chooses it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diagnost.app.errors import UsageError
from diagnost.model.located import nearest
from diagnost.report.house.style import PLAIN, HouseStyle

if TYPE_CHECKING:
    from diagnost.report.house.style import Brand


class HouseChoice(NamedTuple):
    """What was chosen, as people write it; ``sections`` are divided by commas."""

    brand: Path | None = None
    templates: tuple[Path, ...] = ()
    sections: str = ""
    length: str = "standard"
    day: str = ""


AS_SHIPPED = HouseChoice()


def house_style(choice: HouseChoice) -> HouseStyle:
    """Return the style; raises UsageError for a wrong choice, DiagnostError for wrong files."""
    if choice == AS_SHIPPED:
        return PLAIN
    return HouseStyle(
        brand=_brand(choice.brand),
        templates=_folders(choice.templates),
        sections=_sections(choice.sections),
        length=choice.length,
        day=_day(choice.day),
    )


def _brand(path: Path | None) -> "Brand | None":
    if path is None:
        return None
    from diagnost.report.house.brand_file import read_brand

    return read_brand(path)


def _folders(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    if folders:
        from diagnost.knowledge.files import content_root
        from diagnost.report.house.template_folder import check_folder

        for folder in folders:
            check_folder(folder, content_root())
    return folders


def _sections(text: str) -> tuple[str, ...]:
    from diagnost.report.house.sections import SECTIONS

    names = tuple(name.strip() for name in text.split(",")) if text.strip() else ()
    for name in names:
        if name not in SECTIONS:
            hint = nearest(name, SECTIONS) or f"There are {', '.join(SECTIONS)}."
            raise UsageError(f"--sections: there is no section '{name}'. {hint}")
    return names


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"--date: '{text}' is no day; write it as 2026-03-31"
        raise UsageError(message) from None
