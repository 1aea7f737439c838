"""ShotSource: one wafer, photographed in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.sources.image_header import ImageHeader, refusal, within_budget
from inspector.imaging.sources.light import Light, estimated_light, reference_light
from inspector.imaging.sources.mosaic import Mosaic, Piece
from inspector.imaging.sources.pictures import MosaicSource, Picture, checked_headers, one_kind
from inspector.imaging.sources.shots.listing import Expected, expected_shots
from inspector.imaging.sources.shots.places import Places, Vote, largest_group, solve
from inspector.imaging.sources.shots.registration import Registered, refuse_twins, register
from inspector.wafer.recipe import Recipe

_MOST_MISSING = 0.5  # share of the shots
_MOST_STRANGERS = 0.15  # share of the shots that may be left out because nothing joins them
_FEWEST_VOTES = 1 / 3  # share of the joints with something to see that must fit
_REMEDY = "correct overlap and stage_error under [shots], or take the wafer again"
Offsets = NDArray[np.float64]


class ShotSource(MosaicSource):
    """A folder of partial shots, put together on whole pixels; shots are never resampled.

    Every shot is read once when the source is opened, to register it and to know that it is whole, and once more by
    bands(), which holds only the shots that a band crosses. not_imaged: what no shot shows, ragged margins too.
    notes: missing and left out shots, and how well the joints fit. ImageError where the folder is not what the recipe
    says, where a shot is damaged (but for damaged = "leave out"), or where the shots don't fit together.
    """

    def __init__(self, path: Path, recipe: Recipe) -> None:
        section = recipe.shots
        assert section is not None, "only recipes with [shots] come here"
        expected = expected_shots(path, section, recipe.image.um_per_px)
        files = [shot.path for shot in expected if shot.path is not None]
        headers, bad = checked_headers(path, files, recipe, section.damaged)
        common = one_kind(path, headers)
        size = (common.width, common.height)
        nominal = _nominal(expected, size, section.overlap)
        refuse_twins(path, [shot.name for shot in expected], nominal, size)
        light = _reference(recipe, next(iter(headers)))
        pictures = [Picture(s.path, recipe, light) if s.path in headers else None for s in expected]
        stage_error = section.stage_error if section.overlap > 0 else 0.0
        registered = register(pictures, nominal, size, stage_error, section.damaged)
        notes = _notes_of_lost(path, expected, bad, registered)
        pictures = [None if n in registered.bad else picture for n, picture in enumerate(pictures)]
        if stage_error:
            off, pictures, told = _placed(path, expected, pictures, registered, section.max_residual)
            notes += told
        else:
            off = np.zeros((len(expected), 2))
        if recipe.light is not None and recipe.light.estimate:
            light = estimated_light(np.median(registered.thumbnails, axis=0), size, recipe)
            pictures = [None if p is None else replace(p, light=light) for p in pictures]
        mosaic = _mosaic(pictures, nominal + off, common)
        header = within_budget(replace(common, width=mosaic.size[0], height=mosaic.size[1]))
        super().__init__(path, header, mosaic, files, notes)
        self.missing = tuple(shot.name for shot in expected if shot.path is None)
        used = [picture.path for picture in pictures if picture is not None]
        self._places = {file: (piece.x, piece.y) for file, piece in zip(used, mosaic.pieces, strict=True)}

    def places(self) -> dict[Path, tuple[int, int]]:
        """(x, y) of each shot's left top in the wafer's image, px."""
        return dict(self._places)


def _nominal(expected: Sequence[Expected], size: tuple[int, int], overlap: float) -> Offsets:
    """float64 (N, 2): left top of each shot as the stage meant it, px from the leftmost and topmost one."""
    at = np.array([shot.at for shot in expected], dtype=np.float64)
    if expected[0].in_steps:
        at *= np.array(size) * (1 - overlap)
    shifted: Offsets = at - at.min(axis=0)
    return shifted


def _reference(recipe: Recipe, first: Path) -> Light | None:
    if recipe.light is None or recipe.light.reference is None:
        return None
    with Picture(first, recipe).opened() as source:
        return reference_light(recipe, source)


def _notes_of_lost(
    folder: Path, expected: Sequence[Expected], unopened: dict[Path, str], registered: Registered
) -> list[str]:
    """What is said about shots that are missing or left out; ImageError where too few are left."""
    missing = [shot.name for shot in expected if shot.path is None]
    read_badly = [f"Left out: {text}" for text in registered.bad.values()]
    notes = [f"Shot {name} is missing." for name in missing]
    notes += [f"Left out: {text}" for text in unopened.values()] + read_badly
    if len(notes) > _MOST_MISSING * len(expected):
        fault = f"has {len(expected) - len(notes)} usable shots of {len(expected)}"
        raise refusal(folder, fault, "copy the others into it or correct [shots] in the recipe")
    return notes


def _placed(
    folder: Path,
    expected: Sequence[Expected],
    pictures: Sequence[Picture | None],
    registered: Registered,
    max_residual: float,
) -> tuple[Offsets, list[Picture | None], list[str]]:
    """Each shot's px off its nominal place, the shots to use, and what is said about it; ImageError where the shots
    don't fit together."""
    joints = registered.joints
    votes = [Vote(a, b, joint.shift, joint.correlation) for (a, b), joint in joints.items() if joint.kind == "fits"]
    misfits = [pair for pair, joint in joints.items() if joint.kind == "misfit"]
    places = solve(len(expected), votes)
    lost = len(misfits) + len(places.left_out)
    if lost and len(places.residuals) < _FEWEST_VOTES * (len(votes) + len(misfits)):
        fault = f"has shots that don't fit together ({lost} of {len(votes) + len(misfits)} joints)"
        raise refusal(folder, fault, _REMEDY)
    rejected = {(v.first, v.second) for v in places.left_out}
    kept = [(v.first, v.second) for v in votes if (v.first, v.second) not in rejected]
    held = largest_group(len(expected), kept)
    strangers = _strangers(folder, expected, held, [*misfits, *sorted(rejected)])
    worst = float(places.residuals.max(initial=0.0))
    if float(np.median(places.residuals) if votes else 0.0) > max_residual:
        raise refusal(folder, f"has shots that fit together badly ({worst:.1f} px at worst)", _REMEDY)
    pictures = [None if n in strangers else picture for n, picture in enumerate(pictures)]
    told = [f"Left out: shot {expected[n].name} can't be joined to the others." for n in strangers]
    return _guessed(places, pictures, held), pictures, [*told, _summary(places, len(joints), held, pictures)]


def _strangers(
    folder: Path, expected: Sequence[Expected], held: set[int], unfit: Sequence[tuple[int, int]]
) -> list[int]:
    """Shots that show something and can't be joined to the others, so that their places would be a guess: they are
    left out. ImageError where they are many."""
    found = sorted({n for pair in unfit for n in pair} - held)
    if len(found) > _MOST_STRANGERS * len(expected):
        fault = f"holds {expected[found[0]].name} and {len(found) - 1} more shots that can't be joined to the others"
        raise refusal(folder, fault, _REMEDY)
    return found


def _guessed(places: Places, pictures: Sequence[Picture | None], held: set[int]) -> Offsets:
    """Shots that nothing joins to the others lie as far off as those do in the middle."""
    off = places.off.copy()
    loose = [n for n in range(len(pictures)) if n not in held]
    if held and loose:
        off[loose] = np.median(off[sorted(held)], axis=0)
    return off


def _summary(places: Places, joints: int, held: set[int], pictures: Sequence[Picture | None]) -> str:
    residuals = places.residuals
    told = f"{len(residuals)} of {joints} joints between shots measured"
    if len(residuals):
        told += f", residual {np.median(residuals):.2f} px in the middle, {residuals.max():.2f} px at worst"
    loose = sum(picture is not None and n not in held for n, picture in enumerate(pictures))
    return f"{told}; {loose} shots lie where the stage meant them." if loose else f"{told}."


def _mosaic(pictures: Sequence[Picture | None], places: Offsets, common: ImageHeader) -> Mosaic:
    """On whole pixels, from the leftmost and topmost place on, those of missing shots among them."""
    at = np.rint(places - places.min(axis=0)).astype(int)
    across, down = at.max(axis=0)
    size = (int(across) + common.width, int(down) + common.height)
    pieces = [Piece(int(x), int(y), p.opened) for (x, y), p in zip(at, pictures, strict=True) if p is not None]
    kind = np.uint8 if common.bits == 8 else np.uint16
    channels = common.channels
    return Mosaic(tuple(pieces), (common.width, common.height), size, channels, kind)
