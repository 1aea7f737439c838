"""The command line: every verb, and the only place where all floors meet."""


def main() -> None:
    """Entry point of `inspector`."""
