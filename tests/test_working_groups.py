"""The operator's working groups: read, checked, and found by an objective."""

from pathlib import Path

import pytest

from bot.core import OBJECTIVES, SECRETARIAT, OperatorError, WorkingGroup, WorkingGroups
from bot.working_groups import SHIPPED, read_working_groups
from tests.shipped import LANGUAGES

SECRETARY = '[[group]]\nid = "secretariat"\nnames.en = "The office"'


def table(number: str = "group-1", objectives: str = "[13]", **more: str) -> str:
    fields = {"id": f'"{number}"', "names": '{en = "A group"}', "objectives": objectives, **more}
    return "\n".join(["[[group]]", *(f"{name} = {value}" for name, value in fields.items())])


def read(tmp_path: Path, *tables: str) -> WorkingGroups:
    path = tmp_path / "working-groups.toml"
    path.write_text("\n\n".join(tables), encoding="utf-8")
    return read_working_groups(path)


def test_groups_are_read_in_order(tmp_path: Path) -> None:
    more = {
        "names": '{en = " Detention ", fr = "Rétention"}',
        "focal_points": '["Protection desk"]',
        "languages": '["fr", "prs"]',
        "mark": '"known"',
    }
    groups = read(tmp_path, table(**more), SECRETARY).all()
    assert list(groups) == [
        WorkingGroup(
            "group-1",
            {"en": "Detention", "fr": "Rétention"},
            (13,),
            focal_points=("Protection desk",),
            languages=("fr", "prs"),
            known=False,
        ),
        WorkingGroup("secretariat", {"en": "The office"}, ()),
    ]


def test_the_main_objective_decides_and_all_others_go_to_the_secretariat(tmp_path: Path) -> None:
    groups = read(tmp_path, table(), table("group-2", "[5, 7]"), SECRETARY)
    assert groups.route((13, 5)) == "group-1"
    assert groups.route((7, 13)) == "group-2"
    assert groups.route((2, 13)) == SECRETARIAT
    assert groups.route(()) == SECRETARIAT


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([table(), table(objectives="[]")], "group 'group-1': id: another group has the same"),
        ([table(), table("two", "[5, 13]")], "group 'two': objectives: 13 is already one of group 'group-1'"),
        ([table(objectives="[13, 13]")], "group 'group-1': objectives: 13 is already one of group 'group-1'"),
        ([table(objectives="[0]")], "group 'group-1': objectives: 0: "),
        ([table(objectives="[7, 24]")], "group 'group-1': objectives: 1: "),
        ([table(objectives="[true]")], "group 'group-1': objectives: 0: "),
        ([table(objectives='["13"]')], "group 'group-1': objectives: 0: "),
        ([table(objectives="13")], "group 'group-1': objectives: "),
        ([table("Group")], "group 'Group': id: "),
        ([table("a b")], "group 'a b': id: "),
        ([table("a" * 41)], f"group '{'a' * 41}': id: "),
        ([table("")], "group '': id: "),
        (["[[group]]\nnames.en = 'A group'"], "group 1: id: "),
        ([table(), "[[group]]\nid = 'two'"], "group 'two': names: "),
        ([table(names='{fr = "Un groupe"}')], "group 'group-1': names: Value error, the English one (names.en)"),
        ([table(names='{en = " "}')], "group 'group-1': names: en: "),
        ([table(names='{en = "A", xx = "B"}')], "group 'group-1': names: Value error, 'xx' is no language"),
        ([table(names='{en = "A", "../en" = "B"}')], "group 'group-1': names: Value error, '../en' is no language"),
        ([table(languages='["en", "xx"]')], "group 'group-1': languages: Value error, 'xx' is no language"),
        ([table(languages=f'["{"e" * 5000}"]')], "is no language that the bot understands"),
        ([table(languages='[""]')], "group 'group-1': languages: Value error, '' is no language"),
        ([table(focal_points='[""]')], "group 'group-1': focal_points: 0: "),
        ([table(mark='"guessed"')], "group 'group-1': mark: "),
        ([table(telephone="1")], "group 'group-1': telephone: "),
    ],
)
def test_what_is_wrong_is_named_by_group_and_field(tmp_path: Path, tables: list[str], said: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read(tmp_path, *tables, SECRETARY)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table(), "no group has the id 'secretariat'"),
        ("", "no group has the id 'secretariat'"),
        ("group = 7", "each group begins with a line [[group]]"),
        ("group = [7]", "group 1: "),
        ("[[group]", "cannot be read"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(OperatorError, match=r"working-groups\.toml") as caught:
        read(tmp_path, content)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        read_working_groups(tmp_path / "working-groups.toml")


def test_the_shipped_groups_have_names_in_every_written_language() -> None:
    written = {language.code for language in LANGUAGES.all()}
    unnamed = {group.id for group in read_working_groups(SHIPPED).all() if written - set(group.names)}
    assert unnamed == set()


def test_the_shipped_groups_take_what_their_names_say() -> None:
    groups = read_working_groups(SHIPPED)
    taken = {objective: groups.route((objective,)) for objective in OBJECTIVES}
    assert {objective: group for objective, group in taken.items() if group != SECRETARIAT} == {
        5: "regular-pathways",
        6: "labour-agreements",
        7: "regular-pathways",
        8: "missing-migrants",
        13: "alternatives-to-detention",
        15: "access-to-services",
        18: "labour-agreements",
        21: "return-and-reintegration",
        22: "labour-agreements",
    }


def test_the_shipped_file_sets_nobody_for_sensitive_records() -> None:
    assert [group.focal_points for group in read_working_groups(SHIPPED).all() if group.focal_points] == []
