"""A product's recipe: classes, grid, pixels, model and review limits, read from TOML."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, model_validator

from inspector.wafer.area_section import WaferSection
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.palette import defect_colours, defect_glyphs, good_colours
from inspector.wafer.review import ReviewLimits
from inspector.wafer.section import Section
from inspector.wafer.source_sections import ChipFilesSection, LightSection, ShotsSection

_WHOLE_INPUT = (256, 256)
_Pair = tuple[PositiveInt, PositiveInt]
_PitchPair = tuple[PositiveFloat, PositiveFloat]


def _folder_name(name: str) -> str:
    """A name becomes a folder's name: anything printable but what file systems refuse."""
    if not name.isprintable() or set(name) & set('/\\:*?"<>|') or name != name.strip(" .") or not 0 < len(name) <= 64:
        raise ValueError(
            f"{name!r} can't be a folder's name: no / \\ : * ? \" < > |, no dot or space at its ends, at most 64"
        )
    return name


_Name = Annotated[str, AfterValidator(_folder_name)]
_Count = Annotated[int, Field(gt=0, le=1000)]  # chips along one side of a wafer
_Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class ProductSection(Section):
    name: _Name
    title: dict[str, str] = {}


class ImageSection(Section):
    """channels: 1 grey or 3 colour. bits: significant bits of images with 16 bits a channel, 12 for 12-in-16.

    alpha "drop": colours count as they are stored, whatever their transparency; "refuse": only where all is opaque.
    cmyk "convert": RGB = (1 - ink)(1 - black), without a colour profile.
    """

    channels: Literal[1, 3] = 1
    um_per_px: PositiveFloat | None = None
    bits: Annotated[int, Field(ge=8, le=16)] = 16
    alpha: Literal["refuse", "drop"] = "refuse"
    cmyk: Literal["refuse", "convert"] = "refuse"


class GridSection(Section):
    """All lengths in image pixels, (x, y). missing: [column, row] of places where no chip is expected.

    shape "disc" leaves out the chips whose centres lie outside the ellipse inscribed in the grid.
    """

    kind: Literal["chips", "whole"] = "chips"
    columns: _Count = 1
    rows: _Count = 1
    chip: _Pair = (1024, 1024)
    pitch: _PitchPair | None = None
    origin: tuple[float, float] = (0.0, 0.0)
    align: bool = True
    shape: Literal["rectangle", "disc"] = "rectangle"
    missing: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _pitch_holds_the_chip(self) -> GridSection:
        if self.kind == "whole":
            return self
        if self.pitch and (self.pitch[0] < self.chip[0] or self.pitch[1] < self.chip[1]):
            raise ValueError(f"pitch {list(self.pitch)} is smaller than chip {list(self.chip)}: chips would overlap")
        if not self.grid().chip_ids():
            raise ValueError("every place of the grid is missing")
        return self

    def grid(self) -> Grid:
        """The grid in an upright image."""
        pitch = self.pitch or (float(self.chip[0]), float(self.chip[1]))
        return Grid(self.columns, self.rows, self.chip, pitch, self.origin, self._missing_chips())

    def _missing_chips(self) -> frozenset[ChipId]:
        missing = {ChipId(c, r) for c, r in self.missing}
        if self.shape == "disc":
            missing |= {
                ChipId(c, r) for c in range(self.columns) for r in range(self.rows) if not self._inside_disc(c, r)
            }
        return frozenset(missing)

    def _inside_disc(self, column: int, row: int) -> bool:
        x = (column + 0.5 - self.columns / 2) / (self.columns / 2)
        y = (row + 0.5 - self.rows / 2) / (self.rows / 2)
        return x * x + y * y <= 1.0


class ClassSection(Section):
    """target: chips wanted for learning; `inspector dataset` says how many are missing. subtype_titles: by sub-type."""

    name: _Name
    verdict: Literal["good", "defect"]
    key: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    subtypes: tuple[_Name, ...] = ()
    subtype_titles: dict[str, dict[str, str]] = {}
    title: dict[str, str] = {}
    colour: _Colour | None = None
    glyph: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    target: PositiveInt | None = None

    @model_validator(mode="after")
    def _titles_have_their_subtypes(self) -> ClassSection:
        for name in self.subtype_titles:
            if name not in self.subtypes:
                raise ValueError(f"{name!r} is none of the sub-types {list(self.subtypes)}")
        return self


class ModelSection(Section):
    """network: "evidence" or "torchvision:NAME".

    input: width, height that the network sees; left out, it is the grid's chip, or 256 x 256 for whole parts.
    """

    network: Annotated[str, Field(pattern=r"^(evidence|torchvision:[a-z0-9_]+)$")] = "evidence"
    input: _Pair = (1024, 1024)


class TrainingSection(Section):
    """flips: mirror images that mean the same chip. turns: quarter turns that mean the same chip (square inputs).

    brightness: relative change of gain and offset that does not change the class. crop: side in pixels of the training
    crops of the first phase, where boxes tell what a crop holds (0: always the whole chip).
    """

    flips: tuple[Literal["horizontal", "vertical"], ...] = ("horizontal", "vertical")
    turns: bool = False
    brightness: Annotated[float, Field(ge=0, le=0.9)] = 0.1
    crop: Annotated[int, Field(ge=0)] = 0
    batch: PositiveInt = 8
    learning_rate: PositiveFloat = 2e-3


_Share = Annotated[float, Field(ge=0, le=1)]


class ReviewSection(Section):
    """P(defect) from `low` to `high` is borderline and wants eyes; left out, the model's own limits hold.

    max_escape: defects among the chips that nobody looks at; the model's limits are chosen so that the upper 95 %
    bound stays below it. max_asked: share of the good chips that the limits may ask for beyond what that needs.
    second: the decisions that another person looks at blindly. second_share: of all other good answers, drawn by chip.
    audit: share of the accepted chips that a person looks at all the same, class by class; 0: none.
    """

    low: _Share | None = None
    high: _Share | None = None
    max_escape: Annotated[float, Field(gt=0, lt=1)] = 0.003
    max_asked: _Share = 0.04
    second: tuple[Literal["defect_to_good", "unsure"], ...] = ("defect_to_good", "unsure")
    second_share: _Share = 0.0
    audit: _Share = 0.01

    @model_validator(mode="after")
    def _ordered(self) -> ReviewSection:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low must not be above high")
        return self

    def limits(self, model: ReviewLimits | None) -> ReviewLimits:
        """What is given here wins; else the model's own limits hold, else 0.05 to 0.95."""
        own = model or ReviewLimits()
        low = own.low if self.low is None else self.low
        high = own.high if self.high is None else self.high
        if low > high:  # one of the two was given here: the other one gives way
            low, high = (low, low) if self.high is None else (high, high)
        return ReviewLimits(low, high)


class Recipe(Section):
    """Everything that the program must know about a product."""

    product: ProductSection
    image: ImageSection = ImageSection()
    grid: GridSection = GridSection()
    wafer: WaferSection | None = None
    shots: ShotsSection | None = None
    chip_files: ChipFilesSection | None = None
    light: LightSection | None = None
    classes: Annotated[tuple[ClassSection, ...], Field(min_length=2)]
    model: ModelSection = ModelSection()
    training: TrainingSection = TrainingSection()
    review: ReviewSection = ReviewSection()

    @model_validator(mode="before")
    @classmethod
    def _input_follows_the_chip(cls, table: Any) -> Any:
        """Without an input of its own, the model sees a chip pixel by pixel, and a whole part at a common size."""
        if not isinstance(table, dict) or not isinstance(table.get("model", {}), dict):
            return table
        grid, model = table.get("grid", {}), table.get("model", {})
        if "input" in model or not isinstance(grid, dict):
            return table
        chosen = _WHOLE_INPUT if grid.get("kind") == "whole" else grid.get("chip")
        return table if chosen is None else table | {"model": model | {"input": chosen}}

    @model_validator(mode="after")
    def _classes_make_sense(self) -> Recipe:
        names = [c.name for c in self.classes]
        keys = [c.key for c in self.classes if c.key]
        if len(set(names)) != len(names):
            raise ValueError("two classes have the same name")
        if len(set(keys)) != len(keys):
            raise ValueError("two classes have the same key")
        if {c.verdict for c in self.classes} != {"good", "defect"}:
            raise ValueError("a recipe needs at least one good and one defect class")
        return self

    @property
    def name(self) -> str:
        return self.product.name

    def title(self, language: str = "en") -> str:
        return self.product.title.get(language) or self.product.title.get("en") or self.name

    @property
    def is_whole(self) -> bool:
        """True where each image is one part: a wafer of one chip."""
        return self.grid.kind == "whole"

    def judges_like(self, other: Recipe) -> bool:
        """True where both recipes find the same chips and answer with the same classes: judgements can be shared."""
        ours, theirs = ([(c.name, c.verdict) for c in recipe.classes] for recipe in (self, other))
        pixels = [(recipe.image.channels, recipe.image.bits) for recipe in (self, other)]
        return ours == theirs and self.grid == other.grid and pixels[0] == pixels[1]

    @model_validator(mode="after")
    def _sources_make_sense(self) -> Recipe:
        grid, light = self.grid, self.light
        if self.shots is not None and self.chip_files is not None:
            raise ValueError("a wafer is a folder of shots or of chip_files, not of both")
        if self.shots is not None and self.shots.unit == "um" and self.image.um_per_px is None:
            raise ValueError("positions in um need um_per_px under [image]")
        if self.is_whole and (self.shots or self.chip_files or (light is not None and light.estimate)):
            raise ValueError("shots, chip_files and an estimate of the light are for grids of chips")
        numbers = (*grid.origin, *(grid.pitch or grid.chip))
        if self.chip_files is not None and (grid.align or any(n != round(n) or n < 0 for n in numbers)):
            raise ValueError("chip_files need align = false under [grid], and its pitch and origin in whole pixels")
        return self

    @property
    def limits(self) -> ReviewLimits:
        """The limits where the model brings none."""
        return self.review.limits(None)

    @cached_property
    def class_set(self) -> ClassSet:
        """The classes with keys, colours and glyphs filled in where the recipe leaves them out."""
        free_keys = iter([k for k in "123456789" if k not in {c.key for c in self.classes}] + [""] * len(self.classes))
        colours = {"good": iter(good_colours()), "defect": iter(defect_colours())}
        glyphs = iter(defect_glyphs())
        made = []
        for c in self.classes:
            colour = next(colours[c.verdict])
            glyph = "" if c.verdict == "good" else next(glyphs)
            made.append(
                ChipClass(
                    c.name,
                    Verdict(c.verdict),
                    c.key or next(free_keys),
                    c.subtypes,
                    c.title,
                    c.colour or colour,
                    c.glyph or glyph,
                    c.subtype_titles,
                )
            )
        return ClassSet(tuple(made))

    @cached_property
    def digest(self) -> str:
        """sha256 of the recipe's values: two files that mean the same have the same digest.

        Targets and the titles of sub-types change nothing that is learned or judged, and so no digest.

        Values that are the default are left out, so that a new kind of value changes no old recipe's digest.
        """
        values = self.model_dump(
            mode="json", exclude={"classes": {"__all__": {"target", "subtype_titles"}}}, exclude_defaults=True
        )
        text = json.dumps(values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
