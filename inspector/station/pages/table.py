"""The table of pages; each is imported only when it is first shown, so that the window opens quickly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from inspector.station.pages.page import Page, PageSpec
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session


def _make_gallery(session: Session, parent: QWidget) -> Page:
    from inspector.station.gallery.gallery_page import GalleryPage

    return GalleryPage(session, parent)


def _make_second_review(session: Session, parent: QWidget) -> Page:
    from inspector.station.people.second_review_page import SecondReviewPage

    return SecondReviewPage(session, parent)


def _make_disputes(session: Session, parent: QWidget) -> Page:
    from inspector.station.people.disputes_page import DisputesPage

    return DisputesPage(session, parent)


def _make_hand_over(session: Session, parent: QWidget) -> Page:
    from inspector.station.people.hand_over_page import HandOverPage

    return HandOverPage(session, parent)


def _make_people(session: Session, parent: QWidget) -> Page:
    from inspector.station.people.people_page import PeoplePage

    return PeoplePage(session, parent)


def _make_keys(session: Session, parent: QWidget) -> Page:
    from inspector.station.keys.keys_page import KeysPage

    return KeysPage(session, parent)


def _make_export(session: Session, parent: QWidget) -> Page:
    from inspector.station.export.export_page import ExportPage

    return ExportPage(session, parent)


def _make_models(session: Session, parent: QWidget) -> Page:
    from inspector.station.models.models_page import ModelsPage

    return ModelsPage(session, parent)


def _make_numbers(session: Session, parent: QWidget) -> Page:
    from inspector.station.numbers.numbers_page import NumbersPage

    return NumbersPage(session, parent)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("gallery", _make_gallery),
    PageSpec("numbers", _make_numbers, needs_wafer=False),
    PageSpec("export", _make_export, needs_wafer=False),
    PageSpec("models", _make_models, needs_wafer=False),
    PageSpec("second_review", _make_second_review, needs_wafer=False),
    PageSpec("disputes", _make_disputes, needs_wafer=False),
    PageSpec("hand_over", _make_hand_over, needs_wafer=False),
    PageSpec("people", _make_people, needs_wafer=False),
    PageSpec("keys", _make_keys, needs_wafer=False),
)

# Queues that have a page of their own: the work page would show what a second person must not see.
QUEUE_PAGES = {QueueName.SECOND_REVIEW: "second_review", QueueName.DISPUTED: "disputes"}
