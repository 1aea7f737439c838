"""Tells data of fewer bits than the recipe says: they are judged dark, and nothing else would look wrong."""

from __future__ import annotations

from pathlib import Path

from inspector.wafer.errors import printable

_USUAL = (8, 10, 12, 14)  # significant bits of cameras
_DARK = 4  # bits left unused from which a whole wafer is no more a dark one: a sixteenth of the range


def unused_bits(source: Path, brightest: int, bits: int) -> str:
    """One sentence for the user where a whole wafer of pixels with more than 8 bits is as dark as that; else "".

    brightest: its largest value. bits: significant ones, as the recipe says.
    """
    fitting = next((usual for usual in _USUAL if brightest >> usual == 0), bits)
    if not brightest or bits - fitting < _DARK:
        return ""
    return (
        f"The brightest pixel of {printable(source)} is {brightest}: that fits into {fitting} bits, but the recipe "
        f"says bits = {bits}, so the wafer is judged {1 << (bits - fitting)} times too dark: write bits = {fitting} "
        "under [image] in the recipe."
    )
