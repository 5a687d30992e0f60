"""`evaluate`: how well the search does, as a table."""

import json

import pytest

from tests.commands.command_line import CommandLine

QUESTIONS = [
    ("a", "en", "kindergarten", "answer", ["school"]),
    ("b", "en", "my son is six", "answer", ["detention"]),
    ("c", "fr", "camp fermé", "answer", []),
]


@pytest.fixture
def questions(small: CommandLine) -> str:
    names = ("id", "language", "question", "kind", "articles")
    path = small.folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(dict(zip(names, each, strict=True))) for each in QUESTIONS), encoding="utf-8")
    return str(path)


def test_right_and_wrong_are_counted_by_language(small: CommandLine, questions: str) -> None:
    ended = small("evaluate", questions)
    assert ended.status == 0
    rows = {tuple(line.split(" | ")[:2]): line.split(" | ")[2:] for line in ended.lines if line.startswith("| ")}
    assert rows["| en", "answer"][:2] == ["2", "1 (50%)"]
    assert rows["| fr", "answer"][:2] == ["1", "1 (100%)"]
    assert rows["| all", "answer"][:2] == ["3", "2 (67%)"]
    assert "Language recognised: en 2 of 2 (100.0%), fr 1 of 1 (100.0%)" in ended.out


def test_what_went_wrong_is_shown_on_request(small: CommandLine, questions: str) -> None:
    assert "'my son is six'" not in small("evaluate", questions).out
    shown = [line for line in small("evaluate", "--errors", questions).lines if line.startswith(("a ", "b ", "c "))]
    assert len(shown) == 1
    assert shown[0].startswith("b 'my son is six' is answer detention: got answer school,")


def test_a_bad_line_is_named(small: CommandLine) -> None:
    (small.folder / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    small("articles", "index")
    assert small("evaluate", "bad.jsonl").complains().startswith("bad.jsonl:1: not a labelled question")


def test_thresholds_are_set_from_questions_on_request_only(small: CommandLine, questions: str) -> None:
    calibration = small.root / "bot" / "knowledge" / "calibration.json"
    before = calibration.read_text(encoding="utf-8")
    small("evaluate", questions)
    assert calibration.read_text(encoding="utf-8") == before
    assert small("evaluate", "--calibrate", questions).status == 0
    assert calibration.read_text(encoding="utf-8") != before


def test_the_report_and_the_curve_are_written(small: CommandLine, questions: str) -> None:
    assert small("evaluate", questions, "--html", "report.html", "--curve", "curve.svg").status == 0
    assert "my son is six" in (small.folder / "report.html").read_text(encoding="utf-8")
    assert (small.folder / "curve.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_fall_below_the_recorded_figures_fails(small: CommandLine, questions: str) -> None:
    assert small("evaluate", questions, "--record", "recorded.json").status == 0
    recorded = json.loads((small.folder / "recorded.json").read_text(encoding="utf-8"))
    assert recorded == {"en answer": 0.5, "fr answer": 1.0, "all answer": 0.6667}
    assert small("evaluate", questions, "--recorded", "recorded.json").status == 0
    (small.folder / "recorded.json").write_text(json.dumps(recorded | {"en answer": 0.6}), encoding="utf-8")
    ended = small("evaluate", questions, "--recorded", "recorded.json")
    assert ended.status == 1
    assert ended.lines[-2:] == ["Worse than recorded:", "en answer: 50.0% right, recorded 60.0%"]
