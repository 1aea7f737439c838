"""Takes the pictures of README and the operator's guide anew: python packaging/help_pictures.py [FOLDER]

Wafers are made and judged with the shipped model in FOLDER (a temporary one when none is named; what is there already
is used again), then the station is driven without a screen. For a release, and after each change that shows.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

_OWN = tempfile.TemporaryDirectory()
FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else _OWN.name)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HOME"] = os.environ["USERPROFILE"] = "/home/saito"  # a picture shows where labels go
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = str(FOLDER / "settings")

from PySide6.QtCore import QEventLoop, QPoint, QPointF, QRectF, Qt, QTimer  # noqa: E402 (the screen is chosen before)
from PySide6.QtGui import QColor, QImage, QPainter, QPen  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QComboBox  # noqa: E402

from inspector.imaging import cv2  # noqa: E402
from inspector.imaging.chips import small_chip  # noqa: E402
from inspector.imaging.heat import defect_evidence, heat_rgba, scale_bar  # noqa: E402
from inspector.imaging.wafer_image import WaferImage  # noqa: E402
from inspector.records.record import Record  # noqa: E402
from inspector.station.app import build  # noqa: E402
from inspector.station.gallery.gallery_view import GalleryView  # noqa: E402
from inspector.station.look.theme import text_font  # noqa: E402
from inspector.wafer.grid import ChipId, WaferKey  # noqa: E402
from inspector.wafer.recipe_file import recipe_from_json  # noqa: E402
from inspector.wafer.roles import Role  # noqa: E402
from inspector.wafer.second_review import NewOpinion, OpinionKind  # noqa: E402

ROOT = Path(__file__).parents[1]
HELP, MODEL = ROOT / "resources" / "help", ROOT / "models" / "laser-wafer"
SMALL, USUAL, TALL = (1366, 768), (1600, 900), (1600, 1000)
GREYS = 104  # of the 256 colours of a picture: photographs are grey
PRIMARY, DISPUTING, ENGINEER = "Saito", "Kato", "Mori"


def judged(name: str, *drawn: str) -> tuple[str, Path]:
    """A record of wafers that are drawn and judged where they are not there yet, and their folder."""
    images, record = FOLDER / name, FOLDER / f"{name}.db"
    url = f"sqlite:///{record.as_posix()}"
    if not record.exists():
        _inspector("synthesize", str(images), "--recipe", "laser-wafer", *drawn)
        for image in sorted(images.glob("*.tif")):
            lot, wafer = image.stem.rsplit("_", 1)
            place = ("--record", url, "--lot", lot, "--wafer", wafer)
            _inspector("judge", str(image), "--recipe", str(images / "recipe.toml"), "--model", str(MODEL), *place)
    return url, images


def _inspector(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "inspector", *words], check=True, stdout=sys.stderr)


class Camera:
    """An open station, and its pictures."""

    def __init__(self, url: str, wafer: WaferKey | None = None) -> None:
        self.app, self.window = build(url, wafer=wafer, argv=["inspector"])
        self.window.use_language("en")
        self.window.use_scheme("light")
        self.look(USUAL)
        self.window.show()
        self.wait(1000)

    def look(self, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        self.wait(400)

    def wait(self, ms: int) -> None:
        """A loop of events of its own: QTest.qWait would keep Python's threads from running."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def act(self, what: Callable[[], object]) -> None:
        """As a person does it: after a look of two seconds."""
        self.wait(1900)
        what()
        self.wait(150)

    def keep(self, name: str, size: tuple[int, int] | None = None) -> None:
        """Once the window has stood still for three seconds: what is counted or read in threads has come."""
        seen = [self.window.grab().toImage()]
        while len(seen) < 4 or any(image != seen[-1] for image in seen[-4:]):
            self.wait(1000)
            seen = [*seen[-3:], self.window.grab().toImage()]
        keep(seen[-1], name, size)

    def page(self, name: str) -> None:
        """A page beside the work page, and its picture."""
        self.window.pages.show_page(name)
        self.keep(name.replace("_", "-"), SMALL)

    def close(self) -> None:
        self.window.close()
        self.wait(300)


def keep(image: QImage, name: str, size: tuple[int, int] | None) -> None:
    """Write a picture in 256 colours: greys evenly, and the colours that it has."""
    if size is not None:
        image = image.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : 3 * image.width()].reshape(-1, 3)
    vivid = pixels.max(1).astype(int) - pixels.min(1) >= 10
    greys, often = np.unique(pixels[~vivid].mean(1).round(), return_counts=True)
    table = [np.linspace(0, 255, GREYS), greys[np.argsort(-often)[:8]]]
    colours = np.concatenate([np.repeat(np.concatenate(table)[:, None], 3, axis=1), _colours(pixels[vivid])])
    palette = [QColor(*(int(v) for v in colour)).rgb() for colour in colours.round().clip(0, 255)]
    packed = image.convertToFormat(QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither)
    if not packed.save(str(HELP / f"{name}.png"), quality=0):
        sys.exit(f"{HELP / name}.png can't be written")
    print(f"{name}.png: {(HELP / f'{name}.png').stat().st_size >> 10} KiB")


def _colours(vivid: np.ndarray) -> np.ndarray:
    """float32 (K, 3): what stands best for these colours; a colour of few pixels counts for something too."""
    colours, often = np.unique(vivid, axis=0, return_counts=True)
    if not len(colours):
        return np.zeros((0, 3), np.float32)
    number = min(256 - GREYS - 8, len(colours))
    chance = np.sqrt(often) / np.sqrt(often).sum()
    some = np.random.default_rng(0).choice(len(colours), min(12_000, 4 * len(colours)), p=chance)
    cv2.setRNGSeed(1)
    how = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 8, 1.0)
    return cv2.kmeans(colours[some].astype(np.float32), number, None, how, 1, cv2.KMEANS_PP_CENTERS)[2]


def review(camera: Camera) -> None:
    """The gallery, the work page, one chip large; answers that a second person and an engineer then look at."""
    window, session = camera.window, camera.window.session
    good = session.classes.names[0]
    session.set_operator(PRIMARY)
    gallery(camera)
    for answer in (session.confirm, lambda: session.relabel("scratch"), session.confirm, session.confirm):
        camera.act(answer)
    camera.keep("station")
    camera.act(lambda: session.relabel("scratch"))
    told_good: list[ChipId] = []
    for _ in range(3):
        told_good.append(session.current)
        camera.act(lambda: session.relabel(good))
    camera.act(session.unsure)
    camera.look(TALL)
    camera.keep("one-chip", (1366, 854))
    camera.look(USUAL)
    session.set_operator(DISPUTING)
    for chip, other in zip(told_good, ("pit", good), strict=False):
        opinion = NewOpinion(chip, OpinionKind.REVIEW, DISPUTING, class_name=other, ms_spent=4200)
        session.record.add_opinion(session.key, opinion)
    session.show_wafer(session.key)
    camera.wait(600)
    camera.page("second_review")
    session.set_operator(ENGINEER)
    for name in ("disputes", "numbers", "export", "models"):
        camera.page(name)
    window.pages.toggle("models")


def gallery(camera: Camera) -> None:
    """Three chips chosen, with heat."""
    window = camera.window
    window.pages.show_page("gallery")
    camera.wait(1500)
    page = window.pages.page
    orders = page.findChildren(QComboBox)[0]
    orders.setCurrentIndex(orders.count() - 1)
    camera.wait(2500)
    shown = page.findChild(GalleryView).viewport()
    for x in (70, 210, 350):
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(x, 110))
    camera.keep("gallery", SMALL)
    window.pages.toggle("gallery")


def sign_in(url: str) -> None:
    with Record.open(url) as record:
        record.people.add("Sato", Role.ADMINISTRATOR, "4711")
        record.people.sign_in("Sato", "4711")
        for name, role in ((PRIMARY, Role.OPERATOR), (DISPUTING, Role.OPERATOR), (ENGINEER, Role.ENGINEER)):
            record.people.add(name, role, "4711")
        record.people.sign_out()
    camera = Camera(url)
    camera.keep("sign-in", SMALL)
    camera.close()


def large_wafer(url: str) -> None:
    """A wafer of 208 chips: its map, and its grid while it is corrected."""
    camera = Camera(url)
    window = camera.window
    window.session.set_operator(PRIMARY)
    camera.look(SMALL)
    window.named["large_map"].trigger()
    camera.wait(1500)
    work_map = window.work.map
    for _ in range(4):
        work_map.zoom_by(1.3, QPointF(work_map.width() * 0.35, work_map.height() * 0.2))
    work_map.set_heat_visible(visible=True)
    camera.keep("wafer")
    window.named["correct_grid"].trigger()
    camera.wait(2500)
    canvas = window.grid_mode.page.canvas
    for _ in range(4):
        canvas.zoom_by(1.5, canvas.handle_at(0))
    camera.wait(500)
    corner, left = canvas.handle_at(0).toPoint(), Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=corner)
    QTest.mouseMove(canvas, corner + QPoint(9, -6))
    QTest.mouseRelease(canvas, left, pos=corner + QPoint(9, -6))
    camera.keep("grid-correction")
    camera.close()


def heat_classes(url: str, images: Path) -> None:
    """A chip of each class, rightly judged, with its evidence for any defect; its truth is told by the drawing."""
    with (images / "truth.csv").open(newline="", encoding="utf-8") as lines:
        truth = [row for row in csv.DictReader(lines) if not row["borderline"]]
    side, gap, top = 204, 9, 38
    with Record.open(url) as record:
        recipe = recipe_from_json(record.wafers()[0].recipe_json)
        classes = recipe.class_set
        wide = len(classes.classes) * (side + gap) + 80
        made = QImage(wide, top + side + 26, QImage.Format.Format_RGB32)
        made.fill(QColor("#f2f2f2"))
        painter = QPainter(made)
        painter.setFont(text_font())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, one in enumerate(classes.classes):
            of_class = [row for row in truth if row["class"] == one.name]
            key, chip, placed, scale = _plainest(record, of_class, one.name)
            copy = WaferImage.open(record.images_folder / record.wafer(key).copy_name)
            grey = np.ascontiguousarray(small_chip(copy, placed, chip, side)[:, :, 0])
            heat = heat_rgba(defect_evidence(record.evidence(key, chip), classes.defect_mask), (side, side))
            area = QRectF(gap + number * (side + gap), top, side, side)
            painter.drawImage(area, QImage(grey.data, side, side, side, QImage.Format.Format_Grayscale8))
            painter.drawImage(area, QImage(heat.tobytes(), side, side, 4 * side, QImage.Format.Format_RGBA8888))
            painter.setPen(QPen(QColor(one.colour), 3))
            painter.drawRect(area)
            painter.setPen(QColor("#1b1b1b"))
            verdict = "good" if one.is_good else "defect"
            painter.drawText(QPointF(area.left(), top - 12), f"{one.title('en')} ({verdict})")
        bar = scale_bar(side - 30)
        left = len(classes.classes) * (side + gap) + 32
        painter.drawText(QRectF(left - 30, top - 24, 76, 20), Qt.AlignmentFlag.AlignHCenter, f"hot {scale[1]:.3g}")
        painter.drawImage(QPointF(left, top), QImage(bar.tobytes(), 16, side - 30, 64, QImage.Format.Format_RGBA8888))
        low = QRectF(left - 30, top + side - 26, 76, 20)
        painter.drawText(low, Qt.AlignmentFlag.AlignHCenter, f"cold {scale[0]:.3g}")
        painter.end()
    keep(made, "heat-classes", None)


def _plainest(record: Record, truth: list[dict[str, str]], class_name: str) -> tuple:
    """Of the chips of a class the one that was rightly judged most surely: where, and the scale of its evidence."""
    found = []
    for row in truth:
        key, chip = WaferKey(row["lot"], row["wafer"]), ChipId(int(row["column"]), int(row["row"]))
        judgement = record.judgement(key, chip)
        if judgement is not None and judgement.class_name == class_name:
            found.append((max(judgement.probabilities), key, chip, judgement.model.heat_scale))
    _, key, chip, scale = max(found, key=lambda each: each[0])
    return key, chip, record.wafer(key).placed, scale


def main() -> int:
    url, _ = judged("lot", "--wafers", "2", "--seed", "2611")
    with Record.open(url) as record:
        last = record.wafers()[-1].key
    camera = Camera(url, last)
    review(camera)
    camera.close()
    sign_in(url)
    url, images = judged("large", "--wafers", "1", "--columns", "16", "--rows", "16", "--seed", "26")
    heat_classes(url, images)
    large_wafer(url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
