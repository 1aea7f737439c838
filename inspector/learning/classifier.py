"""Judges batches of chips with a trained model: the verdict, its probability, where, and the evidence for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inspector.learning.build import for_judging
from inspector.learning.device import device_title, has_fast_bfloat16, keep_memory, mixed_precision, pick_device
from inspector.learning.model_card import ModelCard, check_classes, load_model, read_card
from inspector.learning.network import JudgingNetwork
from inspector.learning.novelty import Novelty
from inspector.learning.second_look import SecondLook
from inspector.program_pages import let_go
from inspector.wafer.classes import ClassSet
from inspector.wafer.errors import ModelError
from inspector.wafer.judgement import Judgement, ModelFacts, choose_class
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits

NEAR_LIMIT = 0.1  # of P(defect): nearer to 0.5 than this, float32 has the last word
EXACT_ENOUGH = 0.08  # largest shift of P(defect) by bfloat16 that this band still catches; above, float32 judges alone
BATCH_PIXELS = {"cpu": 2 << 20, "cuda": 64 << 20}
HALF_ON_CPU = 3 << 20  # in bfloat16: a third chip of a megapixel saves 3 % of the time for 16 MB more


def load_classifier(folder: Path, recipe: Recipe | None, device: str = "auto") -> TorchClassifier:
    """The model in a folder, ready to judge. recipe: what its classes must match; None trusts the card's own.

    ModelError where the folder, its digest, its classes or the device do not fit.
    """
    keep_memory()
    card = read_card(folder)
    if recipe is not None:
        check_classes(card, folder, recipe)
    network, novelty = load_model(folder, card)
    classifier = TorchClassifier(network, card, pick_device(device), novelty)
    let_go()  # of what importing torch has touched
    return classifier


def trusts_half(card: ModelCard, device: str) -> bool:
    """True where bfloat16 was proven to judge as float32 does, and is faster on this device."""
    exact = card.half_precision
    proven = exact.chips > 0 and exact.flips <= 0.01 * exact.chips and exact.largest_shift <= EXACT_ENOUGH
    return proven and has_fast_bfloat16(device)


class TorchClassifier:
    """A `Classifier` on torch. Bytes go to the device once; normalisation, judging and the 8-bit heat happen there.

    novelty: None calls no chip novel.
    """

    def __init__(self, network: JudgingNetwork, card: ModelCard, device: str, novelty: Novelty | None = None) -> None:
        self._card = card
        self._device = device
        self._network = for_judging(network, device)
        self._novelty = None if novelty is None else novelty.to(device)
        self._classes: ClassSet = card.recipe.class_set
        self._defects = torch.from_numpy(self._classes.defect_mask).float().to(device)
        self._look = SecondLook(self._network, self._classes, card.recipe.training.flips)
        self._half = trusts_half(card, device)
        width, height = card.input
        pixels = HALF_ON_CPU if self._half and device == "cpu" else BATCH_PIXELS[device.split(":")[0]]
        self._batch = int(np.clip(pixels // (width * height), 1, 64))

    @property
    def facts(self) -> ModelFacts:
        card = self._card
        own = None if card.review is None else ReviewLimits(card.review.low, card.review.high)
        return ModelFacts(card.name, card.digest, card.heat_scale, card.classes, device_title(self._device), own)

    @property
    def input_size(self) -> tuple[int, int]:
        return self._card.input

    @property
    def channels(self) -> int:
        return self._card.channels

    @property
    def batch_size(self) -> int:
        return self._batch

    def judge(self, chips: NDArray[np.uint8]) -> Sequence[Judgement]:
        """uint8 (N, H, W, C) at the input size -> N judgements. ModelError for chips of another shape."""
        width, height = self._card.input
        if chips.dtype != np.uint8 or chips.shape[1:] != (height, width, self._card.channels):
            raise ModelError(
                f"The model {self._card.name!r} judges chips of {width}x{height} pixels with {self._card.channels} "
                f"channel(s), and was handed {chips.shape}: fit the chips to its input first."
            )
        judgements: list[Judgement] = []
        while len(judgements) < len(chips):
            first = len(judgements)
            try:
                judgements.extend(self._judge(chips[first : first + self._batch]))
            except torch.cuda.OutOfMemoryError as error:
                self._halve(error)
        return judgements

    def _halve(self, error: Exception) -> None:
        if self._batch == 1:
            raise ModelError(
                "The GPU's memory is too small for one chip: close other programs, or use --device cpu."
            ) from error
        self._batch //= 2
        torch.cuda.empty_cache()

    @torch.inference_mode()
    def _judge(self, chips: NDArray[np.uint8]) -> list[Judgement]:
        on_device = torch.from_numpy(chips).to(self._device).permute(0, 3, 1, 2)
        maps, rows, novelty = self._answer(on_device, self._half)
        near = self._near_the_limit(rows) if self._half else []
        at_once = max(1, self._batch // 2)  # float32 takes twice the memory: larger blocks would pull the heap apart
        for some in (near[n : n + at_once] for n in range(0, len(near), at_once)):
            maps[some], rows[some], novelty[some] = self._answer(on_device[some], half=False)
        low, high = self._card.heat_scale
        heat = ((maps - low) * (255.0 / (high - low))).nan_to_num(0.0).clamp(0.0, 255.0).round().to(torch.uint8)
        hottest = maps.flatten(2).nan_to_num(0.0).argmax(2).cpu().numpy()  # (N, K)
        heat_bytes, values, far = heat.cpu().numpy(), rows.cpu().numpy(), novelty.tolist()
        return [self._judgement(values[n], heat_bytes[n], hottest[n], far[n]) for n in range(len(chips))]

    def _answer(self, chips: Tensor, half: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Maps float32 (N, K, h, w), calibrated probabilities (N, K) and novelty (N,)."""
        with mixed_precision(self._device, half):
            seen = self._look(chips)
        rows = (seen.logits.float() / self._card.temperature).softmax(1)
        if self._novelty is None:
            return seen.maps.float(), rows, torch.zeros(len(chips))
        return seen.maps.float(), rows, self._novelty(seen.features, self._p_defect(rows) >= 0.5).cpu()

    def _p_defect(self, rows: Tensor) -> Tensor:
        return rows @ self._defects

    def _near_the_limit(self, rows: Tensor) -> list[int]:
        """The chips so near to pass or fail that bfloat16 might have tipped them."""
        return torch.nonzero((self._p_defect(rows) - 0.5).abs() < NEAR_LIMIT).flatten().tolist()

    def _judgement(
        self, row: NDArray[np.float32], heat: NDArray[np.uint8], hottest: NDArray[np.int64], novelty: float
    ) -> Judgement:
        name, p_defect = choose_class(row, self._classes)
        if name is None:
            return Judgement(None, np.zeros_like(row), math.nan, self._centre(), heat, math.nan)
        place = int(hottest[self._classes.index(name)])
        return Judgement(name, row, p_defect, self._pixel(place, heat.shape[2]), heat, novelty)

    def _pixel(self, place: int, columns: int) -> tuple[float, float]:
        """The middle of a cell in input pixels."""
        cell = float(self._network.cell)
        y, x = divmod(place, columns)
        width, height = self._card.input
        return min((x + 0.5) * cell, width - 1.0), min((y + 0.5) * cell, height - 1.0)

    def _centre(self) -> tuple[float, float]:
        return self._card.input[0] / 2, self._card.input[1] / 2
