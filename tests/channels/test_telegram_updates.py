"""What the assistant is handed of each kind of update."""

import pytest
from telegram import Update

from bot.channels.telegram_updates import incoming_from
from bot.core import Address, Incoming, Kind
from tests.fakes.telegram_updates import CHAT, GROUP, Json, edits, message, says, sends, taps

FILE = {"file_id": "AgAD", "file_unique_id": "AQAD"}
PHOTO = [{**FILE, "width": 90, "height": 67}]
PLACE = {"latitude": 52.52, "longitude": 13.41}
VIDEO = {**FILE, "width": 320, "height": 240, "duration": 4}
POLL = {
    "id": "5",
    "question": "Tea?",
    "options": [{"text": "yes", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


def incoming(update: Json, username: str = "compact_bot", number: int = 8) -> Incoming | None:
    return incoming_from(Update.de_json({"update_id": number, **update}, None), username)


def read(update: Json) -> Incoming:
    """The same for an update that must not be ignored."""
    taken = incoming(update)
    assert taken is not None
    return taken


def test_a_text_comes_with_its_chat_its_number_and_the_phones_language() -> None:
    assert incoming(says("Can I work?", language="pt-br")) == Incoming(
        Address("telegram", str(CHAT)), "8", text="Can I work?", locale="pt-br"
    )


def test_a_phone_that_does_not_say_its_language_is_no_problem() -> None:
    update = says("Can I work?")
    del update["message"]["from"]["language_code"]
    assert read(update).locale == ""


def test_a_command_is_a_text() -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    taken = read(sends(text="/start objective-13", entities=entities))
    assert (taken.kind, taken.text) == (Kind.TEXT, "/start objective-13")


def test_words_under_a_picture_are_a_text() -> None:
    taken = read(sends(photo=PHOTO, caption="Is this paper valid?"))
    assert (taken.kind, taken.text) == (Kind.TEXT, "Is this paper valid?")


def test_a_forwarded_text_is_a_text() -> None:
    origin = {"type": "hidden_user", "date": 1795430000, "sender_user_name": "Omar"}
    assert read(sends(text="Can I work?", forward_origin=origin)).text == "Can I work?"


def test_an_edited_text_is_asked_again() -> None:
    taken = read(edits(text="Can I work here?"))
    assert (taken.kind, taken.text, taken.id) == (Kind.TEXT, "Can I work here?", "8")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": PHOTO}, Kind.PHOTO),
        ({"video": VIDEO}, Kind.PHOTO),
        ({"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}}, Kind.PHOTO),
        ({"voice": {**FILE, "duration": 4}}, Kind.VOICE),
        ({"audio": {**FILE, "duration": 4}}, Kind.VOICE),
        ({"video_note": {**FILE, "duration": 4, "length": 240}}, Kind.VOICE),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 512,
                    "height": 512,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            Kind.STICKER,
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.STICKER),
        # Telegram sends the old field along with the new one.
        ({"animation": VIDEO, "document": FILE}, Kind.STICKER),
        ({"location": PLACE}, Kind.LOCATION),
        ({"location": PLACE, "venue": {"location": PLACE, "title": "Office", "address": "Elm Street"}}, Kind.LOCATION),
        ({"contact": {"phone_number": "+4930901820", "first_name": "Omar"}}, Kind.CONTACT),
        ({"document": FILE}, Kind.FILE),
        ({"poll": POLL}, Kind.POLL),
        ({"game": {"title": "Chess", "description": "A game", "photo": PHOTO}}, Kind.OTHER),
        ({"story": {"id": 1, "chat": {"id": CHAT, "type": "private"}}}, Kind.OTHER),
    ],
    ids=lambda given: given.value if isinstance(given, Kind) else next(iter(given)),
)
def test_what_cannot_be_read_is_named_and_nothing_of_it_passed_on(content: Json, kind: Kind) -> None:
    assert incoming(sends(**content, forward_origin=None)) == Incoming(
        Address("telegram", str(CHAT)), "8", kind=kind, locale="en"
    )


def test_a_location_that_moves_is_taken_once() -> None:
    live = {**PLACE, "live_period": 900}
    assert read(sends(location=live)).kind is Kind.LOCATION
    assert incoming(edits(location=live)) is None


@pytest.mark.parametrize("content", [{"photo": PHOTO}, {"poll": POLL}], ids=["photo", "poll"])
def test_an_edit_without_words_is_ignored(content: Json) -> None:
    assert incoming(edits(**content)) is None


@pytest.mark.parametrize(
    "note",
    [
        {"pinned_message": message(text="Can I work?")},
        {"new_chat_members": [{"id": 9, "is_bot": False, "first_name": "Omar"}]},
        {"left_chat_member": {"id": 9, "is_bot": False, "first_name": "Omar"}},
        {"new_chat_title": "Neighbours"},
        {"write_access_allowed": {}},
    ],
    ids=lambda note: next(iter(note)),
)
def test_notes_of_telegram_itself_are_ignored(note: Json) -> None:
    assert incoming(sends(**note)) is None


def test_another_bot_is_ignored() -> None:
    update = says("Can I work?")
    update["message"]["from"]["is_bot"] = True
    assert incoming(update) is None


def test_a_message_of_nobody_is_ignored() -> None:
    update = says("Can I work?")
    del update["message"]["from"]
    assert incoming(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"something_new": {"id": 3}},
        {"channel_post": message(GROUP, text="Can I work?")},
        {"poll": POLL},
        {"inline_query": {"id": "3", "from": message()["from"], "query": "work", "offset": ""}},
    ],
    ids=["empty", "of the future", "channel", "poll", "inline"],
)
def test_other_kinds_of_update_are_ignored(update: Json) -> None:
    assert incoming(update) is None


def test_a_tapped_button_comes_with_what_it_carries() -> None:
    assert incoming(taps("/open detention", language="fr")) == Incoming(
        Address("telegram", str(CHAT)), "8", data="/open detention", kind=Kind.BUTTON, locale="fr"
    )


def test_a_button_under_a_message_too_old_to_see_works() -> None:
    update = taps("/open detention")
    update["callback_query"]["message"] = {"message_id": 3, "date": 0, "chat": {"id": CHAT, "type": "private"}}
    assert read(update).data == "/open detention"


def test_a_button_in_a_group_is_ignored() -> None:
    assert incoming(taps("/open detention", GROUP)) is None


def test_a_button_without_its_message_is_ignored() -> None:
    update = taps("/open detention")
    del update["callback_query"]["message"]
    assert incoming({"callback_query": {**update["callback_query"], "inline_message_id": "3"}}) is None


@pytest.mark.parametrize(
    "text", ["/start", "/help@compact_bot", "/help@Compact_Bot me", "Can I work, @Compact_Bot?", "@compact_bot"]
)
def test_a_group_that_speaks_to_the_bot_is_answered_without_its_words(text: str) -> None:
    assert incoming(says(text, GROUP)) == Incoming(Address("telegram", str(GROUP)), "8", kind=Kind.GROUP, locale="en")


@pytest.mark.parametrize(
    "text", ["Can I work?", "/help@another_bot", "@compact_bot_two, hello", "compact_bot", "a/start"]
)
def test_a_group_that_speaks_to_somebody_else_is_left_alone(text: str) -> None:
    assert incoming(says(text, GROUP)) is None


def test_a_picture_in_a_group_is_left_alone_unless_its_words_name_the_bot() -> None:
    assert incoming(sends(GROUP, photo=PHOTO)) is None
    assert read(sends(GROUP, photo=PHOTO, caption="@compact_bot what is this?")).kind is Kind.GROUP


def test_an_edit_in_a_group_is_ignored() -> None:
    assert incoming(edits(GROUP, text="/start")) is None


def test_a_bot_without_a_username_is_not_named_by_every_at_sign() -> None:
    assert incoming(says("mail me@example.org", GROUP), username="") is None
