"""What others would do with a chip: torchvision's ResNet-18 on three float channels, and pytorch-grad-cam's GradCAM."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision import models

MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's, as everybody's transforms have them
CLASSES = 7


def resnet() -> nn.Module:
    """torchvision's ResNet-18 with seven classes; what its weights are makes no difference to its time."""
    torch.manual_seed(0)
    return models.resnet18(weights=None, num_classes=CLASSES).eval()


def prepared(chips: NDArray[np.uint8]) -> Tensor:
    """uint8 (N, H, W, 1) -> normalised float32 (N, 3, H, W), contiguous as ToTensor and Normalize leave it."""
    x = torch.from_numpy(chips).permute(0, 3, 1, 2).float().div_(255.0).repeat(1, 3, 1, 1)
    mean, spread = (torch.tensor(v)[:, None, None] for v in (MEAN, SPREAD))
    return x.sub_(mean).div_(spread)


def judge(network: nn.Module, chips: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Classes of the chips."""
    with torch.inference_mode():
        return network(prepared(chips)).softmax(1).argmax(1).numpy()


class Explainer:
    """pytorch-grad-cam on the last block: heat at full resolution for the likeliest class."""

    def __init__(self, network: nn.Module) -> None:
        from pytorch_grad_cam import GradCAM

        self._cam = GradCAM(network, [network.layer4[-1]])

    def explain(self, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
        """float32 (N, H, W), 0 to 1."""
        return self._cam(input_tensor=prepared(chips), targets=None)
