from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import tifffile
from imaging_fakes import encoded, textured, wafer_pixels

from inspector.imaging.source import open_source
from inspector.imaging.sources.shots import ShotSource
from inspector.imaging.sources.shots.joint import measure, strip
from inspector.imaging.sources.shots.places import Vote, largest_group, solve
from inspector.imaging.synthetic.shots import Cutting, Shot, cut_shots
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import Grid
from inspector.wafer.recipe import Recipe

GRID = Grid(24, 20, (100, 80), (112, 90), (40, 34))
CUTTING = Cutting(6, 4, noise=2.0)


def recipe(*, bits: int = 16, um_per_px: float | None = None, **shots: object) -> Recipe:
    return Recipe.model_validate(
        {
            "product": {"name": "shots"},
            "image": {"bits": bits} | ({} if um_per_px is None else {"um_per_px": um_per_px}),
            "grid": {"columns": 24, "rows": 20, "chip": [100, 80], "pitch": [112, 90], "origin": [40, 34]},
            "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
        }
        | ({"shots": shots} if shots else {})
    )


SIX_BY_FOUR = {"columns": 6, "rows": 4}


@dataclass(frozen=True)
class Cut:
    """A wafer and its shots with their truth."""

    wafer: np.ndarray
    folder: Path
    shots: list[Shot]

    def errors(self, source: ShotSource) -> np.ndarray:
        """px of each shot off the truth, after the shift that all have in common."""
        truth = {shot.path: (shot.x, shot.y) for shot in self.shots}
        off = np.array([np.subtract(place, truth[path]) for path, place in source.places().items()], dtype=float)
        return np.hypot(*(off - np.round(np.median(off, axis=0))).T)


@pytest.fixture(scope="module")
def wafer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "wafer.tif"
    tifffile.imwrite(path, wafer_pixels(GRID), tile=(256, 256))
    return path


@pytest.fixture
def cut(wafer: Path, tmp_path: Path) -> Callable[..., Cut]:
    def cutting(how: Cutting = CUTTING, seed: int = 1) -> Cut:
        folder = tmp_path / "W01"
        return Cut(tifffile.imread(wafer), folder, cut_shots(wafer, folder, recipe(), how, seed))

    return cutting


def whole(source: ShotSource) -> np.ndarray:
    return np.concatenate(list(source.bands()))


def covered(source: ShotSource) -> np.ndarray:
    """bool (H, W): what some shot shows."""
    seen = np.ones((source.header.height, source.header.width), dtype=bool)
    for x, y, w, h in source.not_imaged:
        seen[y : y + h, x : x + w] = False
    return seen


def test_that_24_shots_with_stage_error_are_stitched_to_a_pixel(cut: Callable[..., Cut]) -> None:
    made = cut()
    with open_source(made.folder, recipe(**SIX_BY_FOUR)) as source:
        assert isinstance(source, ShotSource)
        errors = made.errors(source)
        assert len(errors) == 24
        assert errors.max() <= 1.0
        assert "38 of 38 joints" in source.notes[0]


def test_that_the_mosaic_holds_the_wafers_own_pixels(cut: Callable[..., Cut]) -> None:
    made = cut(Cutting(6, 4))
    with ShotSource(made.folder, recipe(**SIX_BY_FOUR)) as source:
        found, seen = whole(source)[:, :, 0], covered(source)
        first, place = made.shots[0], source.places()[made.shots[0].path]
        left, top = first.x - place[0], first.y - place[1]
        truth = made.wafer[top : top + len(found), left : left + found.shape[1]]
        assert np.array_equal(found[seen], truth[seen])
        assert not found[~seen].any()
        assert seen.mean() > 0.98
        assert np.array_equal(source.read(300, 200, 400, 500)[:, :, 0], found[200:700, 300:700])


def test_that_a_missing_shot_leaves_its_own_area_and_nothing_else(cut: Callable[..., Cut]) -> None:
    made = cut()
    with ShotSource(made.folder, recipe(**SIX_BY_FOUR)) as source:
        before, places = whole(source), source.places()
        assert covered(source)[100:-100, 100:-100].all()
    lost = made.shots[9]
    lost.path.unlink()
    with ShotSource(made.folder, recipe(**SIX_BY_FOUR)) as source:
        assert made.errors(source).max() <= 1.0
        x, y = places[lost.path]
        gap = ~covered(source)[100:-100, 100:-100]
        assert gap[y : y + 150, x : x + 150].any()
        rows, columns = np.nonzero(gap)
        assert rows.min() + 100 > y
        assert columns.min() + 100 > x
        assert "Shot column 3, row 1 is missing." in source.notes
        after = whole(source)
        untouched = np.zeros_like(gap)
        untouched[:, : x - 110] = True
        assert np.array_equal(after[100:-100, 100:-100][untouched], before[100:-100, 100:-100][untouched])


@pytest.mark.parametrize("kind", ["tiff", "deflate", "png"])
def test_that_a_truncated_shot_is_named_or_left_out_as_the_recipe_says(cut: Callable[..., Cut], kind: str) -> None:
    made = cut()
    bad, pattern = made.shots[9].path, "shot_r{row}_c{column}.tif"
    if kind == "deflate":
        tifffile.imwrite(bad, tifffile.imread(bad), compression="zlib", rowsperstrip=32)
        raw = bytearray(bad.read_bytes())
        raw[len(raw) // 2 : len(raw) // 2 + 400] = bytes(400)
        bad.write_bytes(raw)
    elif kind == "png":
        pattern = "shot_r{row}_c{column}.{any}"
        raw = encoded(".png", tifffile.imread(bad))
        bad.unlink()
        bad.with_suffix(".png").write_bytes(raw[: len(raw) // 2])
    else:
        bad.write_bytes(bad.read_bytes()[:40_000])
    with pytest.raises(ImageError, match="shot_r1_c3"):
        ShotSource(made.folder, recipe(files=pattern, **SIX_BY_FOUR))
    with ShotSource(made.folder, recipe(files=pattern, damaged="leave out", **SIX_BY_FOUR)) as source:
        assert made.errors(source).max() <= 1.0
        assert len(source.places()) == 23
        assert any(note.startswith("Left out: ") and "shot_r1_c3" in note for note in source.notes)
        assert not covered(source)[100:-100, 100:-100].all()


def test_that_serpentine_numbers_and_other_axes_give_the_same_wafer(cut: Callable[..., Cut]) -> None:
    made = cut()
    with ShotSource(made.folder, recipe(**SIX_BY_FOUR)) as source:
        expected = whole(source)
    for number, shot in enumerate(made.shots):
        row, column = divmod(number, 6)
        index = row * 6 + (column if row % 2 == 0 else 5 - column)
        shot.path.rename(shot.path.with_name(f"lot7 img{index + 1:03d}.tif"))
    files = {"files": "{any}img{index}.tif", "first": 1, "order": "serpentine"}
    with ShotSource(made.folder, recipe(**files, **SIX_BY_FOUR)) as source:
        assert np.array_equal(whole(source), expected)
    for number in range(24):
        row, column = divmod(number, 6)
        index = row * 6 + (column if row % 2 == 0 else 5 - column)
        path = made.folder / f"lot7 img{index + 1:03d}.tif"
        path.rename(made.folder / f"shot_r{3 - row}_c{5 - column}.tif")
    with ShotSource(made.folder, recipe(axes=("left", "up"), **SIX_BY_FOUR)) as source:
        assert np.array_equal(whole(source), expected)


@pytest.mark.parametrize("unit", ["px", "um"])
def test_that_a_list_of_stage_positions_places_the_shots(cut: Callable[..., Cut], unit: str) -> None:
    made = cut()
    rng = np.random.default_rng(4)
    scale = 0.5 if unit == "um" else 1.0
    lines = ["file,x,y"]
    for number, shot in enumerate(made.shots):
        path = shot.path.rename(shot.path.with_name(f"{number}.tif"))
        made.shots[number] = Shot(path, shot.x, shot.y)
        x, y = shot.x + rng.uniform(-5, 5), -(shot.y + rng.uniform(-5, 5))
        lines.append(f"{path.name},{x * scale + 7000},{y * scale - 31}")
    (made.folder / "stage.csv").write_text("\n".join(lines))
    told = recipe(um_per_px=0.5, positions="stage.csv", unit=unit, axes=("right", "up"))
    with ShotSource(made.folder, told) as source:
        assert made.errors(source).max() <= 1.0
    made.shots[4].path.unlink()
    with ShotSource(made.folder, told) as source:
        assert "Shot 4.tif is missing." in source.notes


def test_that_what_does_not_belong_is_refused_in_one_sentence(cut: Callable[..., Cut]) -> None:
    made = cut()
    told = recipe(**SIX_BY_FOUR)
    good = made.shots[0].path.read_bytes()

    def refused(name: str, content: bytes, match: str) -> None:
        place = made.folder / name
        before = place.read_bytes() if place.exists() else None
        place.write_bytes(content)
        with pytest.raises(ImageError, match=match) as found:
            ShotSource(made.folder, told)
        assert str(found.value).count(". ") == 0
        place.unlink() if before is None else place.write_bytes(before)

    refused("overview.png", encoded(".png", textured(32, 32)), "stray image overview.png")
    refused("shot_r01_c2.tif", good, "two pictures of column 2, row 1")
    refused("shot_r4_c0.tif", good, "shot_r4_c0.tif, but the recipe has 6 x 4")
    refused("shot_r0_c0.tif.part", b"", "still being written")
    tifffile.imwrite(made.folder / "small.tif", textured(64, 64)[:, :, 0])
    small = (made.folder / "small.tif").read_bytes()
    (made.folder / "small.tif").unlink()
    refused("shot_r2_c2.tif", small, "shot_r2_c2.tif with 64 x 64 pixels")
    (made.folder / "DONE").write_text("nothing to do with it")
    with ShotSource(made.folder, told):
        pass


def test_that_a_shot_of_another_wafer_is_named_and_left_out(cut: Callable[..., Cut]) -> None:
    made = cut()
    h, w = tifffile.imread(made.shots[8].path).shape
    tifffile.imwrite(made.shots[8].path, textured(h, w, seed=99)[:, :, 0])
    with ShotSource(made.folder, recipe(**SIX_BY_FOUR)) as source:
        assert "Left out: shot shot_r1_c2.tif can't be joined to the others." in source.notes
        assert set(source.places()) == {shot.path for shot in made.shots} - {made.shots[8].path}
        assert made.errors(source).max() <= 1.0
        assert not covered(source)[100:-100, 100:-100].all()


def test_that_a_wrong_overlap_is_refused(cut: Callable[..., Cut]) -> None:
    made = cut()
    with pytest.raises(ImageError, match=r"joined|fit together"):
        ShotSource(made.folder, recipe(overlap=0.2, **SIX_BY_FOUR))


def test_that_a_folder_without_most_of_its_shots_is_refused(cut: Callable[..., Cut]) -> None:
    made = cut()
    for shot in made.shots[:13]:
        shot.path.unlink()
    with pytest.raises(ImageError, match="11 usable shots of 24"):
        ShotSource(made.folder, recipe(**SIX_BY_FOUR))
    (made.folder / "empty").mkdir()
    with pytest.raises(ImageError, match="no picture named like"):
        ShotSource(made.folder / "empty", recipe(**SIX_BY_FOUR))


def test_that_shots_without_overlap_lie_where_the_stage_meant_them(tmp_path: Path) -> None:
    for row in range(2):
        for column in range(2):
            tifffile.imwrite(tmp_path / f"shot_r{row}_c{column}.tif", np.full((40, 50), row * 2 + column, np.uint16))
    with ShotSource(tmp_path, recipe(columns=2, rows=2, overlap=0.0)) as source:
        assert source.header.bits == 16
        assert source.not_imaged == ()
        found = whole(source)[:, :, 0]
        assert found.dtype == np.uint16
        assert np.array_equal(found, np.kron([[0, 1], [2, 3]], np.ones((40, 50))))


def test_that_the_fingerprint_changes_with_any_shot_and_its_name(cut: Callable[..., Cut]) -> None:
    made = cut()
    marks = []
    for change in (lambda: None, lambda: None, lambda: made.shots[0].path.write_bytes(made.shots[1].path.read_bytes())):
        change()
        with open_source(made.folder, recipe(overlap=0, **SIX_BY_FOUR)) as source:
            marks.append(source.fingerprint())
    assert marks[0] == marks[1]
    assert marks[0].sha256 != marks[2].sha256
    assert marks[2].size == sum(shot.path.stat().st_size for shot in made.shots)


def test_that_a_joint_tells_the_shift_where_the_pattern_repeats() -> None:
    scene = wafer_pixels(Grid(4, 8, (100, 80), (112, 90), (30, 24)), seed=5).astype(np.uint8)
    rng = np.random.default_rng(0)
    for x, y in rng.integers(-12, 13, size=(12, 2)):
        first = scene[40:640, 20:220, None]
        second = scene[40 + y : 640 + y, 190 + x : 390 + x, None]
        strips = [strip(first, (158, 0, 42, 600), 8), strip(second, (0, 0, 42, 600), 8)]
        joint = measure(strips[0], strips[1], (12, 0), 12)
        assert joint.kind == "fits"
        assert np.allclose(joint.shift, (x, y), atol=0.3)


def test_that_joints_without_anything_to_see_or_in_common_have_no_vote() -> None:
    rng = np.random.default_rng(1)
    noise = [rng.normal(100, 2, (300, 40)).astype(np.float32) for _ in range(2)]
    assert measure(noise[0], noise[1], (0, 0), 12).kind == "plain"
    others = [strip(textured(300, 40, seed=seed), (0, 0, 40, 300), 8) for seed in (1, 2)]
    assert measure(others[0], others[1], (0, 0), 12).kind == "misfit"


def test_that_shots_in_two_groups_are_told_apart() -> None:
    assert largest_group(7, [(0, 1), (4, 5), (1, 2), (5, 6), (6, 3)]) == {3, 4, 5, 6}
    assert largest_group(3, []) == set()


def test_that_a_joint_that_contradicts_the_others_is_left_out() -> None:
    rng = np.random.default_rng(3)
    truth = rng.uniform(-6, 6, (24, 2))
    pairs = [(n, n + 1) for n in range(24) if n % 6 < 5] + [(n, n + 6) for n in range(18)]
    votes = [Vote(a, b, tuple(truth[b] - truth[a] + rng.normal(0, 0.05, 2))) for a, b in pairs]
    votes[7] = Vote(votes[7].first, votes[7].second, (11.0, -9.0), 0.6)
    votes[20] = Vote(votes[20].first, votes[20].second, (-8.0, 3.0), 0.6)
    places = solve(24, votes)
    assert {(v.first, v.second) for v in places.left_out} == {pairs[7], pairs[20]}
    off = places.off - truth
    assert np.abs(off - off.mean(axis=0)).max() < 0.2
    assert places.residuals.max() < 0.3
