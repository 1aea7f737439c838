"""The figures of an evaluation: as JSON, as the tables that the paper prints, as CSV files and as pictures."""

from inspector.learning.figures.evaluation import Evaluation
from inspector.learning.figures.judged import JudgedChips

__all__ = ["Evaluation", "JudgedChips"]
