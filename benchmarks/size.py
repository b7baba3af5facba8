"""How large the product is, by app: `python -m benchmarks.size [FOLDER]` (docs/size.md).

Read from the source alone: lines and files of Python without migrations, functions with `Any` in
their signature, forms and pages written by hand, and how many classes of ours are above a page.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

APPS = (
    *(
        "core",
        "places",
        "accounts",
        "instruments",
        "casework",
        "questions",
        "victims",
        "prosecutions",
        "studies",
    ),
    *("aftercare", "intake", "desk", "reports", "exchange", "backups", "retention"),
)
HEAD = "| | lines | files | functions | with `Any` | forms | pages | deepest page |"
ABOVE = {"form": {"Form", "ModelForm"}, "page": {"View", "TemplateView", "FormView"}}


class Size:
    """What was read of one app."""

    def __init__(self) -> None:
        self.lines = self.files = self.functions = self.any = 0
        self.classes: list[str] = []

    def read(self, path: Path, bases: dict[str, list[str]]) -> None:
        source = path.read_text(encoding="utf-8")
        self.lines += len(source.splitlines())
        self.files += bool(source.strip())
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions += 1
                self.any += _says_any(node)
            elif isinstance(node, ast.ClassDef):
                self.classes.append(node.name)
                above = [name for base in node.bases if (name := _name(base))]
                if len(above) >= len(bases.get(node.name, ())):  # of several of one name
                    bases[node.name] = above


def _says_any(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = node.args
    hints = [argument.annotation for argument in (*arguments.posonlyargs, *arguments.args)]
    hints += [argument.annotation for argument in arguments.kwonlyargs]
    hints += [more.annotation for more in (arguments.vararg, arguments.kwarg) if more]
    parts = (part for hint in (*hints, node.returns) if hint for part in ast.walk(hint))
    return any(getattr(part, "id", getattr(part, "attr", "")) == "Any" for part in parts)


def _name(base: ast.expr) -> str:
    base = base.value if isinstance(base, ast.Subscript) else base
    return base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")


def above(name: str, bases: dict[str, list[str]]) -> set[str]:
    """Every class above this one, ours and others."""
    found: set[str] = set()
    todo = [name]
    while todo:
        for base in bases.get(todo.pop(), ()):
            if base not in found:
                found.add(base)
                todo.append(base)
    return found


def measure(root: Path) -> dict[str, list[int]]:
    """The line of each app."""
    bases: dict[str, list[str]] = {}
    sizes: dict[str, Size] = defaultdict(Size)
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                sizes[app].read(path, bases)
    return {app: _line(size, bases) for app, size in sizes.items()}


def _line(size: Size, bases: dict[str, list[str]]) -> list[int]:
    over = {name: above(name, bases) for name in size.classes}
    forms = [name for name in over if over[name] & ABOVE["form"]]
    pages = [name for name in over if over[name] & ABOVE["page"] and name not in forms]
    depth = max((len((over[name] & bases.keys()) - ABOVE["page"]) for name in pages), default=0)
    return [size.lines, size.files, size.functions, size.any, len(forms), len(pages), depth]


def main(root: Path) -> None:
    lines = measure(root)
    columns = list(zip(*lines.values(), strict=True))
    total = [*map(sum, columns[:-1]), max(columns[-1])]
    sys.stdout.write(f"{HEAD}\n|---|{'---:|' * 7}\n")
    for app, line in [*lines.items(), ("**all**", total)]:
        sys.stdout.write(f"| {app} | {' | '.join(f'{n:,}' for n in line)} |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
