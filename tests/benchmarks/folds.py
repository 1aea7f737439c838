"""What a recipe reaches on a labelled dataset: k-fold cross-validation with the defaults of `inspector train`.

python tests/benchmarks/folds.py DATASET --recipe R [--folds 5] [--minutes M | --epochs E] [--only 0 1] [--work FOLDER]

Each chip is judged once, by a model that has not seen it. The folds are even in every class, dealt out by a hash of
the file's name; a test part is left out. The work folder keeps the models: a stopped run goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inspector.cli.show import find_recipe
from inspector.learning.dataset import checked, learning_part
from inspector.learning.evaluation import evaluate
from inspector.learning.figures import Evaluation
from inspector.learning.training import TrainingOptions, train
from inspector.wafer.manifest import Example, read_dataset
from inspector.wafer.recipe import Recipe


def fold_of(examples: Sequence[Example], folds: int) -> list[int]:
    """The fold in which each chip is judged: every class is dealt out evenly, in the order of a hash."""
    members = defaultdict(list)
    for i, example in enumerate(examples):
        members[example.class_name].append(i)
    found = [0] * len(examples)
    for indices in members.values():
        order = sorted(indices, key=lambda i: hashlib.sha256(f"0:{examples[i].path.stem}".encode()).hexdigest())
        for place, i in enumerate(order):
            found[i] = place % folds
    return found


def lay_out(examples: Sequence[Example], folds: Sequence[int], fold: int, folder: Path) -> None:
    """train/ and test/ of class folders: links to the chips, or copies where links can't be made."""
    for example, own in zip(examples, folds, strict=True):
        target = folder / ("test" if own == fold else "train") / example.class_name / example.path.name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.symlink_to(example.path.resolve())
        except OSError:
            shutil.copyfile(example.path, target)


def learned_and_judged(dataset: Path, recipe: Recipe, model: Path, options: TrainingOptions) -> Evaluation:
    """Train, or go on with it, with a line for each epoch; then judge what was held out."""
    for step in train(dataset, recipe, model, options):
        if (epoch := step.found) is not None:
            say(f"  epoch {epoch.epoch}: loss {epoch.loss:.3f}, {epoch.pass_fail_accuracy:.1%} pass/fail")
    *_, last = evaluate(dataset, model, device=options.device, occlusion=0)
    assert last.found is not None
    return last.found


def queue_lines(found: Evaluation) -> list[str]:
    """How much of each class wants eyes, and how much of it because the model does not know."""
    lines = []
    for c, name in enumerate(found.classes.names):
        own = found.judged.labels == c
        if not own.any():
            continue
        reasons = Counter(str(found.judged.reasons[i]) for i in np.flatnonzero(own & found.asked))
        told = ", ".join(f"{reason} {number}" for reason, number in sorted(reasons.items()))
        asked, unsure = found.asked[own].mean(), found.queued[own].mean()
        lines.append(f"{name:>16}: {asked:.1%} want eyes, {unsure:.1%} for being unsure ({told})")
    return lines


def say(text: str) -> None:
    """A line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Train and judge the folds, and print the table of all of them together."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dataset", type=Path)
    ask.add_argument("--recipe", required=True)
    ask.add_argument("--folds", type=int, default=5)
    ask.add_argument("--only", type=int, nargs="+", help="these folds only")
    ask.add_argument("--minutes", type=float)
    ask.add_argument("--epochs", type=int)
    ask.add_argument("--device", default="auto")
    ask.add_argument("--work", type=Path, default=Path("folds"))
    chosen = ask.parse_args()
    recipe = find_recipe(chosen.recipe)
    examples = checked(learning_part(read_dataset(chosen.dataset)), chosen.dataset, recipe)
    folds = fold_of(examples, chosen.folds)
    parts = []
    for fold in chosen.only or range(chosen.folds):
        work = chosen.work / f"fold-{fold}"
        lay_out(examples, folds, fold, work / "dataset")
        resume = (work / "model" / "checkpoint").is_dir()
        say(f"fold {fold} of {chosen.folds}")
        options = TrainingOptions(chosen.epochs, chosen.minutes, chosen.device, fold, resume)
        parts.append(learned_and_judged(work / "dataset", recipe, work / "model", options))
        say(f"fold {fold}: {1 - parts[-1].wrong_verdict.mean():.2%} of {parts[-1].chips} chips pass or fail rightly")
    found = Evaluation.pooled(parts)
    say("\n" + found.table())
    say("\n".join(["The review queue, by true class:", *queue_lines(found)]))


if __name__ == "__main__":
    main()
