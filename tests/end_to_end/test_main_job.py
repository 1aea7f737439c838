"""The main job on the command line: synthesize, judge, decide, export, train, evaluate."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from running import Inspector, Synthetic

from inspector.imaging import cv2
from inspector.imaging.source import read_image
from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe_file import read_recipe

pytestmark = pytest.mark.slow
CLASSES = ["clean", "speck", "fringe", "haze", "pit", "scratch", "growth"]
RECIPES = Path(__file__).resolve().parents[1] / "recipes"


def _judge(inspector: Inspector, wafer: Synthetic, model: Path, url: str) -> dict[str, object]:
    answer = inspector(
        "judge", wafer.image, "--recipe", wafer.recipe, "--model", model, "--record", url, "--lot", "L", "--wafer", "W",
        "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    found: dict[str, object] = json.loads(answer.out)
    return found


def test_that_judging_tells_everything_about_every_chip(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"

    found = _judge(inspector, small_wafer, laser_model, url)

    assert set(found) == {"recipe", "model", "device", "seconds", "images"}
    assert found["device"] in ("cpu", "cuda")
    (image,) = found["images"]  # type: ignore[misc]
    assert (image["lot"], image["wafer"]) == ("L", "W")
    assert sorted((c["column"], c["row"]) for c in image["chips"]) == [(c, r) for c in range(3) for r in range(2)]
    for chip in image["chips"]:
        assert list(chip["probabilities"]) == CLASSES
        assert sum(chip["probabilities"].values()) == pytest.approx(1, abs=1e-4)
        assert chip["probability"] == chip["probabilities"][chip["class"]]
        assert chip["p_defect"] == pytest.approx(sum(list(chip["probabilities"].values())[4:]), abs=1e-5)
        assert chip["verdict"] == ("defect" if chip["p_defect"] >= 0.5 else "good")
        assert chip["reason"] in (None, "borderline", "defect", "undecided", "novel")
        assert chip["review"] == chip["reason"]  # the older name
        assert chip["novelty"] >= 0
        assert np.shape(chip["corners"]) == (4, 2)
        assert all(0 <= v <= 512 for v in chip["peak"])


def test_that_judging_again_judges_nothing_twice_and_another_image_under_the_same_name_is_refused(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    first = _judge(inspector, small_wafer, laser_model, url)
    again = _judge(inspector, small_wafer, laser_model, url)
    other = tmp_path / "other.tif"
    content = small_wafer.image.read_bytes()
    other.write_bytes(content[:-1] + bytes([content[-1] ^ 255]))

    answer = inspector(
        "judge", other, "--recipe", small_wafer.recipe, "--model", laser_model, "--record", url, "--lot", "L",
        "--wafer", "W",
    )  # fmt: skip

    assert again["images"] == first["images"]
    assert answer.code == 1
    assert "other.tif" in answer.err
    with Record.open(url) as record:
        assert len(record.judgements(WaferKey("L", "W"))) == 6


def test_that_a_deleted_working_copy_is_made_again_and_the_judgements_stay(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    first = _judge(inspector, small_wafer, laser_model, url)
    (copy,) = (tmp_path / "r.images").iterdir()
    pixels = copy.read_bytes()
    copy.unlink()

    again = _judge(inspector, small_wafer, laser_model, url)

    assert again["images"] == first["images"]
    assert copy.read_bytes() == pixels


def test_that_a_folder_with_its_record_inside_is_judged_without_the_records_own_copies(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "W.tif").write_bytes(small_wafer.image.read_bytes())
    url = f"sqlite:///{tmp_path / 'r.db'}"

    for _ in range(2):
        answer = inspector(
            "judge", tmp_path, "--recipe", small_wafer.recipe, "--model", laser_model, "--record", url, "--json"
        )

        assert [Path(image["image"]).name for image in json.loads(answer.out)["images"]] == ["W.tif"]


def test_that_another_recipe_for_a_wafer_in_the_record_is_refused(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    _judge(inspector, small_wafer, laser_model, url)
    other = tmp_path / "other.toml"
    other.write_text(small_wafer.recipe.read_text().replace("origin = [", "origin = [1"))

    answer = inspector(
        "judge", small_wafer.image, "--recipe", other, "--model", laser_model, "--record", url, "--lot", "L",
        "--wafer", "W",
    )  # fmt: skip

    assert answer.code == 1
    assert "another recipe" in answer.err


def test_that_corrections_come_back_out_as_the_chips_own_pixels_and_train_a_model(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    _judge(inspector, small_wafer, laser_model, url)
    defects = CLASSES[4:]  # settled at once: from defect to good would wait for a second person
    rows = [("L", "W", c, r, defects[(c + 2 * r) % 3], "seen") for c in range(3) for r in range(2)]
    with (tmp_path / "d.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("lot", "wafer", "column", "row", "class", "reason"), *rows])

    decided = inspector("decide", tmp_path / "d.csv", "--record", url, "--operator", "Kato")
    exported = inspector("export", tmp_path / "labels", "--record", url, "--lot", "L")
    trained = inspector(
        "train", tmp_path / "labels", "--recipe", small_wafer.recipe, "--out", tmp_path / "m", "--epochs", 1
    )
    evaluated = inspector("evaluate", tmp_path / "labels", "--model", tmp_path / "m", "--json", "--out", tmp_path / "e")

    for answer in (decided, exported, trained, evaluated):
        assert answer.code == 0, answer.err
    assert str(tmp_path / "m" / "checkpoint") in trained.out
    with Record.open(url) as record:
        decisions = record.decisions(WaferKey("L", "W"))
        entry = record.wafer(WaferKey("L", "W"))
        assert entry is not None
        copy = record.images_folder / entry.copy_name
    assert {d.kind for d in decisions} <= {DecisionKind.CONFIRM, DecisionKind.RELABEL}
    assert {d.new.operator for d in decisions} == {"Kato"}
    with (tmp_path / "labels" / "manifest.csv").open(newline="") as stream:
        manifest = list(csv.DictReader(stream))
    assert {(int(m["column"]), int(m["row"]), m["class"]) for m in manifest} == {(c, r, k) for _, _, c, r, k, _ in rows}
    from inspector.imaging.chips import cut_chip

    with WaferImage.open(copy) as image:
        for line in manifest:
            chip = ChipId(int(line["column"]), int(line["row"]))
            pixels = read_image(tmp_path / "labels" / line["path"], channels=1)
            assert np.array_equal(pixels, cut_chip(image, entry.placed, chip))
    figures = json.loads(evaluated.out)
    assert set(figures) >= {
        "chips", "accuracy", "pass_fail_accuracy", "balanced_pass_fail", "macro_recall", "escape_rate",
        "overkill_rate", "ece", "classes", "confusion",
    }  # fmt: skip
    assert figures["chips"] == 6
    assert figures["confusion"]["labels"] == CLASSES
    assert (tmp_path / "e" / "table.txt").is_file()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("judge", "x.png", "--recipe", "nonsense"), "nonsense"),
        (("judge", "no-such.png", "--recipe", "laser-wafer"), "no-such.png"),
        (("train", "no-such-folder", "--recipe", "laser-wafer", "--out", "m"), "no-such-folder"),
        (("evaluate", "no-such-folder", "--model", "no-model"), "no-model"),
        (("decide", "no-such.csv", "--record", "sqlite:///r.db", "--operator", "K"), "no-such.csv"),
        (("export", "out", "--record", "sqlite:///no/such/r.db"), "r.db"),
        (("export", "out", "--record", "sqlite:///typo.db"), "typo.db"),
        (("synthesize", "taken", "--recipe", "laser-wafer"), "taken"),
        (("train", "data", "--recipe", "laser-wafer", "--out", "taken"), "taken"),
        (("decide", "d.csv", "--record", "sqlite:///d.db", "--operator", " "), "operator"),
        (("export", "out", "--record", "mysql://here/r"), "mysql"),
    ],
)
def test_that_a_users_mistake_ends_with_one_sentence_that_names_it(
    arguments: tuple[str, ...], names: str, inspector: Inspector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("a file where a folder should be")
    (tmp_path / "d.csv").write_text("lot,wafer,column,row,class\nL,W,0,0,pit\n")
    Record.open("sqlite:///d.db").close()
    for name in ("clean", "pit"):
        (tmp_path / "data" / name).mkdir(parents=True)
        for number in range(2):
            noise = np.random.default_rng(number).integers(0, 255, (64, 64), dtype=np.uint8)
            (tmp_path / "data" / name / f"{number}.png").write_bytes(cv2.imencode(".png", noise)[1])

    answer = inspector(*arguments)

    assert answer.code == 1
    assert answer.out == ""
    assert names in answer.err
    assert "Traceback" not in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert not (tmp_path / "typo.db").exists()


def test_that_parts_of_any_size_are_judged_each_as_a_wafer_of_one_chip(inspector: Inspector, tmp_path: Path) -> None:
    made = inspector("synthesize", tmp_path / "parts", "--recipe", "crimp-b", "--wafers", 5, "--seed", 3)
    assert made.code == 0, made.err

    answer = inspector("judge", tmp_path / "parts", "--recipe", "crimp-b", "--json")

    assert answer.code == 0, answer.err
    images = json.loads(answer.out)["images"]
    assert len(images) == 5
    for image in images:
        (chip,) = image["chips"]
        assert (chip["column"], chip["row"], chip["file"]) == (0, 0, image["image"])
        assert image["wafer"] == Path(image["image"]).stem
        height, width, _ = read_image(Path(image["image"]), channels=1).shape
        assert chip["corners"] == [[0, 0], [width, 0], [width, height], [0, height]]
        assert 0 <= chip["peak"][0] <= width
        assert 0 <= chip["peak"][1] <= height


def test_that_the_grid_of_a_real_turned_module_is_found_and_its_chips_judged(
    inspector: Inspector, real_images: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(RECIPES / "elpv.toml")
    few = tmp_path / "few"
    for name in recipe.class_set.names:
        (few / name).mkdir(parents=True)
        for path in sorted((real_images / "elpv" / "train" / name).iterdir())[:4]:
            (few / name / path.name).write_bytes(path.read_bytes())
    assert inspector("train", few, "--recipe", RECIPES / "elpv.toml", "--out", tmp_path / "m", "--epochs", 1).code == 0
    module = real_images / "elpv" / "regions" / "module_02_mono.png"

    answer = inspector("judge", module, "--recipe", RECIPES / "elpv.toml", "--model", tmp_path / "m", "--json")

    assert answer.code == 0, answer.err
    with (module.parent / "regions.csv").open(newline="") as stream:
        truth = {
            (int(r["col"]), int(r["row"])): [[float(r[f"{a}_{k}"]) for a in "xy"] for k in ("tl", "tr", "br", "bl")]
            for r in csv.DictReader(stream)
            if r["image"] == module.name
        }
    chips = json.loads(answer.out)["images"][0]["chips"]
    assert len(chips) == 60
    errors = [np.abs(np.array(c["corners"]) - truth[c["column"], c["row"]]).max() for c in chips]
    assert max(errors) < 3
    assert np.median(errors) < 2
