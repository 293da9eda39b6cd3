"""Context and answers of accounts written as YAML: questions, figures of other firms."""

from diagnost.intake.draft import Draft, Elsewhere
from diagnost.intake.labels import PEERS_FILE
from diagnost.intake.yaml_amounts import Amounts
from diagnost.intake.yaml_shapes import Shapes
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import nearest
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence


class Context:
    """Reads the keys under ``context`` and ``answers``."""

    def __init__(
        self, draft: Draft, catalogue: Catalogue, shapes: Shapes, amounts: Amounts
    ) -> None:
        self.draft = draft
        self.catalogue = catalogue
        self.shapes = shapes
        self.amounts = amounts
        self.remarks = shapes.remarks

    def read(self, key: Scalar, node: Node) -> None:
        """Read one key: a question, a group of questions, or figures of other firms."""
        name = key.text or ""
        if self._of_other_firms(name, key, node):
            return
        if isinstance(node, Mapping):
            for inner, value in node.entries.values():
                self.read(inner._replace(text=f"{name}.{inner.text}"), value)
        else:
            self._context_value(name, key, node)

    def _context_value(self, name: str, key: Scalar, node: Node) -> None:
        known = self._context_key(name)
        if not known:
            hint = nearest(name, self.catalogue.questions)
            hint = hint or _known_questions(self.catalogue)
            self.remarks.error("A115", f"'{name}' is not a question", key.at, hint)
            return
        cell = self.shapes.scalar(node, f"the answer to {name}")
        if cell is not None:
            self.draft.context.append((known, cell))

    def _context_key(self, name: str) -> str:
        """Return the question that a name means."""
        outer, _, inner = name.partition(".")
        for known in (name, f"{outer}_{inner}", f"{outer}_{inner}".lower()):
            if known in self.catalogue.questions:
                return known
        return ""

    # --- other firms -----------------------------------------------------------------------------

    def _of_other_firms(self, name: str, key: Scalar, node: Node) -> bool:
        """Read a key of the context that speaks of other firms; say whether it is one."""
        outer, _, inner_name = name.partition(".")
        group = self._group(outer)
        old = next((other for other in self.catalogue.other_names if name in other.labels), None)
        if group and inner_name:
            self._elsewhere(group, key, inner_name, node)
        elif group:
            for inner, value in self.shapes.mapping(node, name):
                self._elsewhere(group, inner, inner.text or "", value)
        elif name == PEERS_FILE and self.catalogue.groups:
            cell = self.shapes.scalar(node, "the file of other firms")
            if cell is not None:
                self.draft.peers_files.append(cell)
        elif old is not None:
            self._elsewhere(old.group, key, old.indicator, node)
        else:
            return False
        return True

    def _group(self, name: str) -> str:
        """Return the group of other firms that a key of the context names, or ''."""
        wanted = name.replace("_", " ").casefold()
        for group in self.catalogue.groups.values():
            if any(label.replace("_", " ").casefold() == wanted for label in group.labels):
                return group.id
        return ""

    def _elsewhere(self, group: str, key: Scalar, name: str, node: Node) -> None:
        """Read an indicator of other firms: one figure, or a list with one for each period."""
        match = self.amounts.indicator(key._replace(text=name))
        if match is None:
            return
        if isinstance(node, Sequence):
            count = len(self.draft.headings)
            if len(node.items) != count:
                self.amounts.wrong_length(key, node, count)
                return
            for heading, item in enumerate(node.items):
                cell = self.shapes.scalar(item, f"a figure of {name}")
                if cell is not None:
                    self.draft.elsewhere.append(Elsewhere(group, match.id, cell, heading))
            return
        cell = self.shapes.scalar(node, f"the figure of {name}")
        if cell is not None:
            self.draft.elsewhere.append(Elsewhere(group, match.id, cell))


def _known_questions(catalogue: Catalogue) -> str:
    """Name the questions of the context; those of questionnaires are too many."""
    known = sorted(q.id for q in catalogue.questions.values() if not q.purpose)
    more = " and those of the questionnaires" if len(known) < len(catalogue.questions) else ""
    return f"Known are: {', '.join(known)}{more} (diagnost list questions)."
