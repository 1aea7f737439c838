"""Random keys in the real window: the record always equals what the keys mean, nothing is decided unseen or lost.

The machine of the test keeps its own answers, its own undo and its own redo. A killed station is one whose record's
files are taken as they lie on the disk at that moment; a station that is opened anew goes on with undo and redo.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, P_DEFECT, FakeLink, judged_record

from inspector.station.app import build
from inspector.station.main_window import MainWindow
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CLASSES = ("clean", "speck", "pit")
Answer = tuple[AnswerState, str | None]
MACHINE: dict[ChipId, Answer] = {
    chip: (AnswerState.MACHINE, "pit" if P_DEFECT.get(chip, 0) >= 0.5 else "clean") for chip in CHIPS
}
STEPS = st.one_of(
    st.just(("confirm",)),
    st.tuples(st.just("class"), st.integers(0, 2), st.booleans()),
    st.just(("unsure",)),
    st.just(("exclude",)),
    st.sampled_from([("undo",), ("undo",), ("redo",), ("next",), ("previous",)]),
    st.tuples(st.just("batch"), st.integers(0, 2), st.sets(st.sampled_from(CHIPS), min_size=2, max_size=5)),
    st.sampled_from([("reopen",), ("kill",)]),
)


class Machine:
    """The window, and what the record must hold by what was pressed."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.answers = dict(MACHINE)
        self.undo: list[dict[ChipId, tuple[Answer, Answer]]] = []
        self.redo: list[dict[ChipId, tuple[Answer, Answer]]] = []
        self.seen: set[ChipId] = set()
        self.starts = 0
        self.window = self._open(judged_record(folder))

    def _open(self, url: str) -> MainWindow:
        _, window = build(url, link=FakeLink())
        window.session.settings.dwell_s = 0.0
        window.session.settings.asks_for_points = False
        window.session.set_operator("Kato")
        window.work.chip.painted.connect(self.seen.add)
        window.resize(1200, 700)
        window.show()
        self.qtbot.waitUntil(lambda: self._remembers(window), timeout=20_000)
        return window

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self.qtbot.waitUntil(lambda: self.window.session.current is None or self.window.deciding.is_ready)
        self.qtbot.keyClick(self.window.work, key, modifier)
        QApplication.processEvents()

    def do(self, name: str, *more: object) -> None:
        getattr(self, f"do_{name}")(*more)
        stands = self.window.session.record.standing(KEY)
        assert {chip: (a.state, a.class_name) for chip, a in stands.items()} == self.answers
        shown = {chip: self.window.session.standing(chip) for chip in CHIPS}
        assert {chip: (a.state, a.class_name) for chip, a in shown.items()} == self.answers
        assert self._remembers(self.window)

    def _remembers(self, window: MainWindow) -> bool:
        """The past steps are read beside the window, shortly after its start."""
        stack = window.session.undo_stack
        return (stack.canUndo(), stack.canRedo()) == (bool(self.undo), bool(self.redo))

    def _meant(self, changes: dict[ChipId, Answer]) -> None:
        self.undo.append({chip: (self.answers[chip], after) for chip, after in changes.items()})
        self.redo.clear()
        self.answers.update(changes)

    def _given(self, chip: ChipId, name: str) -> Answer:
        same = self.answers[chip][1] == name
        return (AnswerState.CONFIRMED if same else AnswerState.RELABELLED, name)

    def do_confirm(self) -> None:
        chip = self.window.session.current
        self.press(Key.Key_Return)
        if chip is not None and self.answers[chip][0] is AnswerState.MACHINE:
            self._meant({chip: (AnswerState.CONFIRMED, self.answers[chip][1])})

    def do_class(self, number: int, stay: bool) -> None:
        chip = self.window.session.current
        self.press(Qt.Key(Key.Key_1 + number), Modifier.ShiftModifier if stay else Modifier.NoModifier)
        if chip is not None:
            self._meant({chip: self._given(chip, CLASSES[number])})

    def do_unsure(self) -> None:
        chip = self.window.session.current
        self.press(Key.Key_U)
        if chip is not None:
            self._meant({chip: (AnswerState.UNSURE, None)})

    def do_exclude(self) -> None:
        chip = self.window.session.current
        self.press(Key.Key_X)
        if chip is not None:
            self.qtbot.keyClick(QApplication.focusWidget() or self.window.work, Key.Key_Return)
            QApplication.processEvents()
            self._meant({chip: (AnswerState.EXCLUDED, None)})

    def do_batch(self, number: int, chips: set[ChipId]) -> None:
        self.window.session.relabel(CLASSES[number], sorted(chips))
        self.seen |= chips
        self._meant({chip: self._given(chip, CLASSES[number]) for chip in chips})

    def do_undo(self) -> None:
        self.press(Key.Key_Z, Modifier.ControlModifier)
        if self.undo:
            step = self.undo.pop()
            self.redo.append(step)
            self.answers.update({chip: before for chip, (before, _) in step.items()})

    def do_redo(self) -> None:
        self.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
        if self.redo:
            step = self.redo.pop()
            self.undo.append(step)
            self.answers.update({chip: after for chip, (_, after) in step.items()})

    def do_next(self) -> None:
        self.press(Key.Key_Right)

    def do_previous(self) -> None:
        self.press(Key.Key_Left)

    def do_reopen(self) -> None:
        url = self.window.session.record.url
        self.close()
        self.window = self._open(url)

    def do_kill(self) -> None:
        """Nobody closes anything: what lies on the disk now is all that is left."""
        self.starts += 1
        left = self.folder / f"killed{self.starts}"
        shutil.copytree(self.window.session.record.path.parent, left, ignore=shutil.ignore_patterns("killed*"))
        dead, name = self.window, self.window.session.record.path.name
        self.window = self._open(f"sqlite:///{(left / name).as_posix()}")
        dead.close()
        dead.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(steps=st.lists(STEPS, min_size=6, max_size=16))
def test_that_the_record_equals_what_the_keys_mean(steps: list[tuple[object, ...]], qtbot: QtBot) -> None:
    with tempfile.TemporaryDirectory() as made:
        machine = Machine(Path(made), qtbot)
        try:
            for step in steps:
                machine.do(*step)  # type: ignore[arg-type]
            decided = {d.chip for d in machine.window.session.record.decisions(KEY)}
            assert decided <= machine.seen
        finally:
            machine.close()
