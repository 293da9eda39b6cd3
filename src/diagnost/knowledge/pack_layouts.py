"""The templates of packs: which of them stand in the place of diagnost's own."""

from collections.abc import Sequence
from pathlib import Path

from diagnost.knowledge.packs import Pack
from diagnost.knowledge.shape import Problems
from diagnost.model.located import At, nearest

FOLDER = "templates/"
MAX_BYTES = 256 * 1024


def layouts_of(pack: Pack) -> dict[str, bytes]:
    """Return the templates of a pack by their names."""
    return {
        name.removeprefix(FOLDER): content
        for name, content in pack.files.items()
        if name.startswith(FOLDER)
    }


def check_layouts(packs: Sequence[Pack], root: Path, problems: Problems) -> None:
    """Note templates that would replace others unasked, or nothing at all.

    Problems: P103 too large, P202 there is such a template, P203 there is none, P205 two packs.
    """
    shipped = {path.name for path in (root / FOLDER).glob("*.*")}
    before: dict[str, At] = {}
    for pack in packs:
        layouts, replaced = layouts_of(pack), pack.manifest.replaced_templates
        for name in replaced:
            if name not in shipped or name not in layouts:
                missing = "the pack has" if name in shipped else "there is"
                hint = nearest(name, layouts if name in shipped else shipped)
                message = f"{missing} no template '{name}'"
                problems.say("P203", message, pack.manifest.at, hint)
        for name, content in layouts.items():
            at = At(pack.place(f"{FOLDER}{name}"))
            if len(content) > MAX_BYTES:
                problems.say("P103", f"a template has at most {MAX_BYTES >> 10} KB", at)
            if name in shipped and name not in replaced:
                hint = f"Rename it, or write replaces_templates: [{name}] in pack.yaml."
                problems.say("P202", f"the template '{name}' is there already", at, hint)
            if name in before:
                hint = "Use one of the packs, or take the template out of one."
                problems.say("P205", f"two packs have a template '{name}'", at, hint, before[name])
            before[name] = at
