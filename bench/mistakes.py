"""Small mistakes that can be made in a Python file: where each is, and the file with it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: (r"\bin\b", "not in"),
    ast.NotIn: (r"\bnot\s+in\b", "in"),
    ast.Is: (r"\bis\b", "is not"),
    ast.IsNot: (r"\bis\s+not\b", "is"),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: bytes of a file and what stands there instead."""

    path: Path
    line: int
    start: int
    end: int
    old: str
    new: str

    def applied(self, source: bytes) -> bytes:
        """The file with the mistake in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {' '.join(self.old.split())} -> {self.new}"


def mutants(source: bytes, path: Path) -> Iterator[Mutant]:
    """Yield every mistake of the kinds known here that a file can have.

    Annotations, decorators and the `strict` of a `zip` are passed over: they decide nothing where
    the code is right.
    """
    lines = [0]
    for row in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(row))

    def begin(node: ast.expr | ast.stmt) -> int:
        return lines[node.lineno - 1] + node.col_offset

    def end(node: ast.expr | ast.stmt) -> int:
        return lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)

    def between(start: int, stop: int, pattern: str, new: str) -> Iterator[Mutant]:
        found = re.search(pattern.encode(), source[start:stop])
        if found:
            place = start + found.start()
            line = source.count(b"\n", 0, place) + 1
            yield Mutant(path, line, place, start + found.end(), found[0].decode(), new)

    for node in _running(ast.parse(source)):
        match node:
            case ast.Compare():
                sides = [node.left, *node.comparators]
                for op, (left, right) in zip(node.ops, pairwise(sides), strict=True):
                    yield from between(end(left), begin(right), *_COMPARISONS[type(op)])
            case ast.BoolOp():
                old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
                for left, right in pairwise(node.values):
                    yield from between(end(left), begin(right), rf"\b{old}\b", new)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                yield from between(end(node.left), begin(node.right), *_ARITHMETIC[type(node.op)])
            case ast.UnaryOp(op=ast.Not()):
                yield from between(begin(node), begin(node.operand), r"not\b\s*", "")
            case ast.Constant(value=bool()):
                yield from between(begin(node), end(node), ".+", str(not node.value))
            case ast.Constant(value=int() | float()):
                yield from between(begin(node), end(node), ".+", repr(node.value + 1))
            case ast.Return(value=ast.expr()) if not _says_nothing(node.value):
                yield from between(begin(node), end(node), "(?s)return.+", "return None")
            case ast.Continue():
                yield from between(begin(node), end(node), "continue", "break")


def _says_nothing(value: ast.expr | None) -> bool:
    """Whether None would be the same to most callers; a True is turned as a flag is."""
    return isinstance(value, ast.Constant) and not value.value


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree in order, but for those that only describe."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _running(child)
