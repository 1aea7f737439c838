"""The command line: the only place where all floors meet."""

from __future__ import annotations

import os
import sys

from inspector.wafer.errors import InspectorError, printable


def main() -> None:
    """Entry point of `inspector`: a user's mistake ends with one sentence on stderr and code 1."""
    try:
        _obey()
    except InspectorError as error:
        _complain(printable(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _complain("Stopped at once: what was finished before is kept.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (such as `| head`): nothing is left to say, and flushing would fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = f" ({printable(error.filename)})" if error.filename else ""
        _complain(f"{error.strerror or error}{place}: check the path, its rights and the disk.")
        sys.exit(1)


def _obey() -> None:
    """Without a word the station opens: its window waits for no verb and no option to be loaded."""
    if len(sys.argv) == 1:
        from inspector.cli.window import open_station

        sys.exit(open_station(None))
    from inspector.cli.verbs import app

    app()


def _complain(sentence: str) -> None:
    print(f"inspector: {sentence}", file=sys.stderr)
