"""Packs: knowledge from outside that is laid over what is shipped."""

from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.text import Text


class SwitchedOff(NamedTuple):
    """An entry that a pack takes out, and why."""

    id: str
    because: str
    at: At


class Manifest(NamedTuple):
    """What a pack says of itself in ``pack.yaml``."""

    id: str
    version: str
    name: Text
    languages: tuple[str, ...]  # of all its texts; the first stands in for those it lacks
    licence: str
    author: str
    switched_off: tuple[SwitchedOff, ...]
    replaced_templates: tuple[str, ...]  # that it lays out in its own way
    at: At


class PackUse(NamedTuple):
    """What a pack does to the knowledge that it is laid over, by ids of entries.

    ``label`` is how places call it: the name of its folder or archive.
    """

    manifest: Manifest
    label: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]

    @property
    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """Return the entries that it takes out."""
        return self.manifest.switched_off
