"""Checks a built wheel: everything that is needed at run time is inside, and nothing that is not tracked.

pip wheel . --no-deps -w dist && python packaging/smoke.py dist/*.whl
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(wheel: str) -> int:
    """Compare the wheel's files with those that git tracks; 1 where they differ."""
    packed = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wanted = set()
    for name in filter(None, tracked.split("\0")):
        if name.startswith(("resources/", "models/")):
            wanted.add(f"inspector/_data/{name}")
        elif name.startswith("inspector/"):
            wanted.add(name)
    for name in sorted(wanted - packed):
        sys.stderr.write(f"missing in the wheel: {name}\n")
    for name in sorted(packed - wanted):
        sys.stderr.write(f"in the wheel, but not tracked: {name}\n")
    sys.stdout.write(f"{len(packed)} files in {Path(wheel).name}, {len(wanted)} wanted\n")
    return int(packed != wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
