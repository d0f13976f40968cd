"""What does a workbook hold? Runs as a process of its own: bytes on stdin, JSON on stdout.

A crafted workbook of some kilobytes can ask for gigabytes; here it only takes this process down.
It imports nothing of the product but the two readers that lie beside it, so it starts fast and stays small.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import IO, Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_UNPACKED = 64_000_000
OLE = b"\xd0\xcf\x11\xe0"

_CHUNK = 1 << 16


def main() -> None:
    """Answer `{"sheets": [...]}` or `{"refused": code, "place": ...}`."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        answer = _refused(content) or {"sheets": _sheets(content)}
    except MemoryError:
        answer = {"refused": "too_large"}
    except Exception as error:  # noqa: BLE001  # whatever a crafted file breaks is the file's fault
        answer = {"refused": _reason(error)}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Limit memory and processor time where the platform can; elsewhere the parent's clock must do."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415

        for what, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (limit, limit))


def _reason(error: Exception) -> str:
    """Say why a file is refused, by the name of what was raised: the classes live in modules loaded by path."""
    names = {"ForbiddenXmlError": "forbidden_xml", "PasswordError": "encrypted"}
    return names.get(type(error).__name__, "damaged_file")


def _refused(content: bytes) -> dict[str, Any] | None:
    return None if content.startswith(OLE) else _unpack(content)


def _unpack(content: bytes) -> dict[str, Any] | None:
    """Unpack every part once, counting real bytes: what a zip says of itself may be a lie."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            said, part.file_size = part.file_size, 2 * MAX_UNPACKED
            real, forbidden = _scan(archive.open(part))
            part.file_size = said
            total += real
            if total > MAX_UNPACKED:
                return {"refused": "too_large"}
            if forbidden:
                return {"refused": "forbidden_xml", "place": part.filename}
            if real != said:
                return {"refused": "damaged_file", "place": part.filename}
    return None


def _scan(stream: IO[bytes]) -> tuple[int, bool]:
    """Count a part's bytes, at most the limit, and look for a document type in them."""
    total, tail, forbidden = 0, b"", False
    with stream:
        while total <= MAX_UNPACKED and (chunk := stream.read(_CHUNK)):
            total += len(chunk)
            window = (tail + chunk).replace(b"\0", b"")  # so that UTF-16 is seen through
            forbidden = forbidden or b"<!DOCTYPE" in window or b"<!ENTITY" in window
            tail = chunk[-32:]
    return total, forbidden


def _sheets(content: bytes) -> list[dict[str, Any]]:
    """Read XLSX by walking its XML, which tells of hidden rows and lost formulas; the others by calamine."""
    _beside("xlsx_sheet")
    if content.startswith(OLE):
        return _beside("other_workbooks").read(content)  # type: ignore[no-any-return]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.lower() for name in archive.namelist()}
        if "[content_types].xml" in names:
            return _beside("xlsx_parts").read(archive)  # type: ignore[no-any-return]
    return _beside("other_workbooks").read(content)  # type: ignore[no-any-return]


def _beside(name: str) -> Any:  # noqa: ANN401  # a module
    """Load a module that lies beside this one under its full name, without the packages above it."""
    full = f"matcher.intake.reading.{name}"
    spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
