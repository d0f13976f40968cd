"""What can be asked on the command line? `in2stem`, one file per group of commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import matcher
from service.people import command as people
from service.records.secrets import command as secrets
from service.run import serve, storage
from service.terminal.argparse_dutch import DutchParser, trouble
from service.terminal.exit_codes import EXIT_INPUT, EXIT_NO_PLAN, EXIT_UNEXPECTED, RefusedError
from service.terminal.plan import firmness, questions, repair, travel_command
from service.terminal.plan import round_command as cohort
from service.terminal.printing import say_error, tell_nobody
from service.terminal.season import run as season
from service.terminal.season import sessions
from service.terminal.trajectory import commands as trajectory
from service.terminal.trajectory import dossier
from service.terminal.verify import verify_command

GROUPS = (
    cohort,
    travel_command,
    verify_command,
    repair,
    questions,
    firmness,
    dossier,
    sessions,
    season,
    trajectory,
    serve,
    storage,
    people,
    secrets,
)
"""The commands, in the order in which help lists them."""


def parser() -> DutchParser:
    """Build the whole command line."""
    main_parser = DutchParser(
        prog="in2stem", description="Koppelt mentoren uit bedrijven aan scholen, met bewijs en een zin per koppel."
    )
    main_parser.add_argument("--version", action="store_true", help="toon de versie en stop")
    commands = main_parser.add_subparsers(dest="command", metavar="OPDRACHT", title="opdrachten")
    for group in GROUPS:
        group.add(commands)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code. Nobody ever sees a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code, line = EXIT_UNEXPECTED, ""
    try:
        return _run(arguments)
    except BrokenPipeError:  # nobody reads any more, as with `| head`: that is no error
        return 0
    except RefusedError:
        return EXIT_INPUT
    except matcher.In2StemError as error:
        code, line = EXIT_INPUT, str(error)
    except OSError as error:
        code = EXIT_INPUT
        line = f"{error.filename or 'Een bestand'}: {trouble(error)} Kijk het pad en de rechten na."
    except KeyboardInterrupt:
        code, line = EXIT_NO_PLAN, "Gestopt. Er is niets geschreven."
    except Exception as error:  # noqa: BLE001 - the last door: a user gets a sentence, never a traceback
        line = f"Er liep iets onverwachts mis ({type(error).__name__}: {error}). Er is niets geschreven."
    finally:
        tell_nobody()
    say_error(line)
    return code


def _run(arguments: Sequence[str] | None) -> int:
    options = parser().parse_args(arguments)
    if options.version and options.command is not None:
        parser().error("--version doet niets naast een opdracht")
    if options.version:
        from importlib.metadata import version  # noqa: PLC0415 - asked for rarely

        print(f"in2stem {version('in2stem')}")  # noqa: T201
        return 0
    if options.command is None:
        parser().print_help()
        return EXIT_INPUT
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
