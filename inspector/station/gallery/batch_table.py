"""What a large batch would change, as a table that is read before it is confirmed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from inspector.station.gallery.batch_plan import BatchPlan, FromTo
from inspector.station.gallery.batch_words import class_in_words, left_out_in_words, wish_in_words
from inspector.station.look import theme
from inspector.station.look.glyphs import badge
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.panels.plain_label import plain_label
from inspector.station.state.session import Session

_BADGE = 16


class BatchTable(QWidget):
    """`confirmed()` and `left()`; nothing is decided before `confirmed`."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_table")
        self._session = session
        self._title = plain_label("batch_title", self)
        self._title.setFont(theme.title_font())
        self._rows_side = QWidget(self)
        self._rows = QGridLayout(self._rows_side)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(1, 1)
        self._rows.setColumnStretch(3, 1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._rows_side)
        scroll.viewport().setAutoFillBackground(False)
        self._rows_side.setAutoFillBackground(False)
        self._sums = plain_label("batch_sums", self)
        self._left_out = plain_label("batch_left_out", self, quiet=True)
        self._confirm = KeyButton(Face(self.tr("Confirm"), "Enter"), self, primary=True)
        self._confirm.setObjectName("batch_confirm")
        self._confirm.clicked.connect(self.confirmed)
        self._back = KeyButton(Face(self.tr("Back"), "Esc"), self)
        self._back.setObjectName("batch_back")
        self._back.clicked.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(scroll, 1)
        for widget in (self._sums, self._left_out, self._confirm, self._back):
            layout.addWidget(widget)

    def show_plan(self, plan: BatchPlan) -> None:
        """Show what would change, and give the keyboard to nothing: Enter and Esc come from the page."""
        classes, language = self._session.classes, self._session.language
        if classes is None:
            return
        count = f"{len(plan.decisions):,}"
        answer = wish_in_words(plan.wish, classes, language)
        self._title.setText(self.tr("{count} chips: {answer}").format(count=count, answer=answer))
        self._show_rows(plan)
        sums = [
            self.tr("Change from pass to fail: {count}").format(count=f"{plan.to_fail:,}"),
            self.tr("Change from fail to pass: {count}").format(count=f"{plan.to_pass:,}"),
            self.tr("Wait for a second person then: {count}").format(count=f"{plan.second:,}"),
        ]
        self._sums.setText("\n".join(sums))
        self._left_out.setText(left_out_in_words(plan))
        self._left_out.setVisible(bool(self._left_out.text()))
        self._confirm.set_face(Face(self.tr("Confirm {count} chips").format(count=count), "Enter"))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(" ".join([*sums, self._left_out.text()]))

    def _show_rows(self, plan: BatchPlan) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        heads = (self.tr("From"), "", self.tr("To"), self.tr("Chips"))
        for column, words in zip((0, 2, 3, 4), heads, strict=True):
            head = plain_label("", self._rows_side, quiet=True)
            head.setText(words)
            if column == 4:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._rows.addWidget(head, 0, column, 1, 2 if column == 0 else 1)
        for number in range(self._rows.rowCount()):
            self._rows.setRowStretch(number, 0)
        for number, row in enumerate(plan.rows):
            self._show_row(1 + 2 * number, row)
        self._rows.setRowStretch(1 + 2 * len(plan.rows), 1)

    def _show_row(self, number: int, row: FromTo) -> None:
        """Two lines of the grid; the second one is empty where the verdict stays."""
        classes, language = self._session.classes, self._session.language
        assert classes is not None
        after = wish_in_words(row.to, classes, language)
        change = self.tr("pass → fail") if row.fails else self.tr("fail → pass") if row.passes else ""
        cells = (
            self._badge(row.from_class),
            class_in_words(row.from_class, classes, language),
            self._badge(row.to.class_name),
            after,
            f"{row.count:,}",
        )
        for column, cell in enumerate(cells):
            label = cell if isinstance(cell, QLabel) else plain_label("", self._rows_side)
            if isinstance(cell, str):
                label.setText(cell)
            right = Qt.AlignmentFlag.AlignRight if column == 4 else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(right | Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(label, number, column)
        if change:
            label = plain_label("", self._rows_side, quiet=True)
            label.setText(change)
            self._rows.addWidget(label, number + 1, 3, 1, 2)

    def _badge(self, name: str | None) -> QLabel:
        label = QLabel(self._rows_side)
        label.setFixedWidth(_BADGE)
        classes = self._session.classes
        if name is not None and classes is not None and name in classes:
            of_class, ratio = classes[name], self.devicePixelRatioF()
            glyph = "" if of_class.is_good else of_class.glyph
            pixmap = QPixmap.fromImage(badge(of_class.colour, glyph, round(_BADGE * ratio)))
            pixmap.setDevicePixelRatio(ratio)
            label.setPixmap(pixmap)
        return label
