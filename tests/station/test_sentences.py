"""Each sentence that the floors below the station can say to a person has its Japanese."""

from __future__ import annotations

import ast
import itertools
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stations import judged_record

import inspector
from inspector.imaging.sources.image_header import refusal
from inspector.paths import resource
from inspector.station.main_window import MainWindow
from inspector.station.state.sentences import in_language
from inspector.wafer import errors
from inspector.wafer.person import Person
from inspector.wafer.roles import Act, Role, check

ROOT = Path(inspector.__file__).parent
# What only the command line says; the station has its own sentences, which Qt translates.
TERMINAL = ("cli", "station", "imaging/synthetic", "exchange/decisions_csv.py", "exchange/figures", "exchange/report")
TERMINAL += ("exchange/dataset_check", "learning/ranks.py", "imaging/alignment/grid_measure.py")
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
WORD = "0815"  # stands for what is only known when it happens


def _texts(node: ast.expr, known: dict[str, list[ast.expr]]) -> list[str]:
    """The texts that an expression can have, as far as they are written down."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = [_texts(v.value if isinstance(v, ast.FormattedValue) else v, known) for v in node.values]
        return ["".join(chosen) for chosen in itertools.product(*parts)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_texts(side, known) for side in (node.left, node.right)]
        return ["".join(chosen) for chosen in itertools.product(*parts)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, known) + _texts(node.orelse, known)
    if isinstance(node, ast.Name):
        return [text for value in known.get(node.id, []) for text in _texts(value, {})] or [WORD]
    return [WORD]


def _assigned(nodes: Iterator[ast.Assign]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _last(values: list[ast.expr], line: int) -> ast.expr:
    """The value that holds at a line, as far as that is plain to see."""
    return max((v for v in values if v.lineno <= line), key=lambda v: v.lineno, default=values[0])


def _said(path: Path) -> Iterator[tuple[str, str]]:
    """Every sentence of an error that a module raises, and where."""
    place, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
    constants = _assigned(n for n in tree.body if isinstance(n, ast.Assign))
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        known = constants | _assigned(n for n in ast.walk(function) if isinstance(n, ast.Assign))
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
            where = f"{place}:{call.lineno}"
            before = {name: [_last(values, call.lineno)] for name, values in known.items()}
            if call.func.id in KINDS and call.args:
                texts = _texts(call.args[0], known)
                yield from ((where, text) for text in texts if text != WORD and f"{WORD} {WORD}" not in text)
            elif call.func.id == "refusal" and len(call.args) == 3:
                for fault, remedy in itertools.product(*(_texts(a, before) for a in call.args[1:])):
                    if WORD not in (fault, remedy):
                        yield where, str(refusal("w.tif", fault, remedy))
            elif call.func.id == "doubt":
                for fault in _texts(call.args[1], known):
                    yield where, str(refusal("w.tif", fault, "check the path"))
            elif call.func.id == "_damaged" and "wafer_image" in place:
                for fault in _texts(call.args[1], known):
                    yield where, f"The working copy w.tif {fault}: open the wafer's image again."


SAID = sorted(
    {
        said
        for path in ROOT.rglob("*.py")
        if not path.relative_to(ROOT).as_posix().startswith(TERMINAL) and path.name != "image_header.py"
        for said in _said(path)
    }
)


def test_that_the_sentences_are_found() -> None:
    assert len(SAID) > 200
    assert any(text.startswith("The image w.tif is larger than 4 GiB: ") for _, text in SAID)


@pytest.mark.parametrize("said", SAID, ids=lambda said: said[0])
def test_that_each_sentence_has_its_japanese(said: tuple[str, str]) -> None:
    told = in_language(said[1], "ja")

    assert told != said[1], f"{said[0]}: add this sentence to resources/translations/sentences_ja.toml: {said[1]}"
    assert WORD not in said[1] or WORD in told


def test_that_the_japanese_names_the_same_things_as_the_english() -> None:
    tables = tomllib.loads(resource("translations", "sentences_ja.toml").read_text(encoding="utf-8"))

    for table in ("sentences", "images", "parts"):
        for english, japanese in tables[table].items():
            assert _words(english) == _words(japanese), english


def _words(text: str) -> set[str]:
    return {piece.split("}")[0] for piece in text.split("{")[1:]}


@pytest.mark.parametrize("act", [a for a in Act if a is not Act.CONFIRM])
def test_that_a_refused_act_is_named_in_japanese(act: Act) -> None:
    person = Person("Sato", Role.OPERATOR)
    try:
        check(person, act)
    except errors.RoleError as error:
        told = in_language(str(error), "ja")
        assert told.startswith("Sato さんの役割（オペレーター）では")
        assert not any(letter.isascii() and letter.isalpha() for letter in told.removeprefix("Sato"))


def test_that_an_images_fault_and_the_way_out_are_told() -> None:
    error = refusal(
        "L1 W02: a.tif", "is cut short (3 of 12 tiles are missing)", "copy it again from where it was taken"
    )

    assert in_language(str(error), "ja") == (
        "画像 L1 W02: a.tif：途中で切れています（タイル 12 個のうち 3 個がありません）。"
        "撮影元からコピーし直してください。"
    )


def test_that_names_stay_what_they_are() -> None:
    operator = Person("operator", Role.OPERATOR)
    with pytest.raises(errors.RoleError) as refused:
        check(operator, Act.EXPORT)
    lost = "Wafer top of lot export is not in the record any more."

    assert in_language(str(refused.value), "ja").startswith("operator さんの役割（オペレーター）では書き出し")
    assert in_language(lost, "ja") == "ロット export のウェハ top はもう記録にありません。"


@pytest.mark.parametrize("text", ["", "判定しています", "Something that nobody knows: do this.", "Zeile\nzwei"])
def test_that_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert in_language(text, "ja") == text


def test_that_english_stays_english() -> None:
    text = "A PIN has 4 to 12 digits: choose another one."

    assert in_language(text, "en") == text
    assert in_language(text, "ja").startswith("PIN は")


def test_that_the_banner_speaks_as_the_screen_does(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    window = open_window(judged_record(tmp_path))
    window.use_language("ja")

    window.session.failed.emit("A PIN has 4 to 12 digits: choose another one.")
    assert window.banner.text == "PIN は 4～12 桁の数字です。別の PIN を選んでください。"

    window.use_language("en")
    window.session.failed.emit("A PIN has 4 to 12 digits: choose another one.")
    assert window.banner.text == "A PIN has 4 to 12 digits: choose another one."
