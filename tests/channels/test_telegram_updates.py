"""What the assistant is handed of each kind of update."""

from dataclasses import replace

import pytest
from telegram import Update

from bot.channels.telegram_updates import incoming_from
from bot.core import Address, Incoming, Kind
from tests.fakes.telegram_updates import CHAT, GROUP, NAMES, Json, edits, message, says, sends, taps

FILE = {"file_id": "AgAD", "file_unique_id": "AQAD"}
PHOTO = [
    {"file_id": "small", "file_unique_id": "1", "width": 90, "height": 67, "file_size": 1200},
    {"file_id": "large", "file_unique_id": "2", "width": 1280, "height": 960, "file_size": 90_000},
    {"file_id": "middle", "file_unique_id": "3", "width": 320, "height": 240, "file_size": 9000},
]
PLACE = {"latitude": 52.52, "longitude": 13.41}
PAID = {"star_count": 1, "paid_media": [{"type": "preview"}]}
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


async def fetch(file_id: str) -> bytes:
    return f"content of {file_id}".encode()


def incoming(update: Json, username: str = "compact_bot", number: int = 8) -> Incoming | None:
    return incoming_from(Update.de_json({"update_id": number, **update}, None), username, fetch)


def read(update: Json) -> Incoming:
    """The same for an update that must not be ignored."""
    taken = incoming(update)
    assert taken is not None
    return taken


def test_a_text_comes_with_its_chat_its_number_and_the_phones_language() -> None:
    assert incoming(says("Can I work?", language="pt-br")) == Incoming(
        Address("telegram", str(CHAT)), "8", text="Can I work?", locale="pt-br", names=NAMES
    )


def test_a_person_may_have_one_name_only() -> None:
    update = says("Can I work?")
    for other in ("last_name", "username"):
        del update["message"]["from"][other]
    assert read(update).names == NAMES[:1]


def test_a_phone_that_does_not_say_its_language_is_no_problem() -> None:
    update = says("Can I work?")
    del update["message"]["from"]["language_code"]
    assert read(update).locale == ""


def test_a_command_is_a_text() -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    taken = read(sends(text="/start objective-13", entities=entities))
    assert (taken.kind, taken.text) == (Kind.TEXT, "/start objective-13")


def test_words_under_a_picture_come_with_it() -> None:
    taken = read(sends(photo=PHOTO, caption="Is this paper valid?"))
    assert (taken.kind, taken.text) == (Kind.PHOTO, "Is this paper valid?")
    assert taken.file is not None


@pytest.mark.parametrize(
    "content", [{"animation": VIDEO, "document": FILE}, {"paid_media": PAID}], ids=["moving picture", "paid"]
)
def test_words_under_what_cannot_be_fetched_are_a_text(content: Json) -> None:
    taken = read(sends(**content, caption="Is this paper valid?"))
    assert (taken.kind, taken.text, taken.file) == (Kind.TEXT, "Is this paper valid?", None)


@pytest.mark.parametrize(
    ("content", "media_type", "size_bytes", "file_id"),
    [
        ({"photo": PHOTO}, "image/jpeg", 90_000, "large"),
        ({"photo": [{**PHOTO[0], "width": 9000, "file_size": 30_000_000}, PHOTO[2]]}, "image/jpeg", 9000, "middle"),
        ({"photo": [{**PHOTO[0], "file_size": 30_000_000}]}, "image/jpeg", 30_000_000, "small"),
        ({"photo": [FILE | {"width": 90, "height": 67}]}, "image/jpeg", 0, "AgAD"),
        ({"document": FILE | {"mime_type": "application/pdf", "file_size": 7}}, "application/pdf", 7, "AgAD"),
        ({"document": FILE}, "application/octet-stream", 0, "AgAD"),
        ({"voice": FILE | {"duration": 4, "mime_type": "audio/ogg", "file_size": 7}}, "audio/ogg", 7, "AgAD"),
        ({"voice": FILE | {"duration": 4}}, "audio/ogg", 0, "AgAD"),
        ({"audio": FILE | {"duration": 4, "mime_type": "audio/mp4"}}, "audio/mp4", 0, "AgAD"),
        ({"audio": FILE | {"duration": 4}}, "audio/mpeg", 0, "AgAD"),
        ({"video": VIDEO | {"mime_type": "video/quicktime"}}, "video/quicktime", 0, "AgAD"),
        ({"video": VIDEO}, "video/mp4", 0, "AgAD"),
        ({"video_note": FILE | {"duration": 4, "length": 240, "file_size": 7}}, "video/mp4", 7, "AgAD"),
    ],
)
async def test_a_file_says_what_it_is_and_is_fetched_when_it_is_wanted(
    content: Json, media_type: str, size_bytes: int, file_id: str
) -> None:
    file = read(sends(**content)).file
    assert file is not None
    assert (file.media_type, file.size_bytes) == (media_type, size_bytes)
    assert await file.load() == f"content of {file_id}".encode()


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
        ({"paid_media": PAID}, Kind.PHOTO),
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
def test_what_cannot_be_read_is_named_and_of_its_content_only_the_file_passed_on(content: Json, kind: Kind) -> None:
    taken = read(sends(**content, forward_origin=None))
    assert replace(taken, file=None) == Incoming(
        Address("telegram", str(CHAT)), "8", kind=kind, locale="en", names=NAMES
    )
    has_file = kind in (Kind.PHOTO, Kind.VOICE, Kind.FILE) and "paid_media" not in content
    assert (taken.file is not None) == has_file


def test_a_location_that_moves_is_taken_once() -> None:
    live = {**PLACE, "live_period": 900}
    assert read(sends(location=live)).kind is Kind.LOCATION
    assert incoming(edits(location=live)) is None


@pytest.mark.parametrize("content", [{"photo": PHOTO}, {"poll": POLL}], ids=["photo", "poll"])
def test_an_edit_without_words_is_ignored(content: Json) -> None:
    assert incoming(edits(**content)) is None


def test_words_put_right_under_a_picture_come_without_it_because_it_came_before() -> None:
    taken = read(edits(photo=PHOTO, caption="Is this paper still valid?"))
    assert (taken.kind, taken.text, taken.file) == (Kind.TEXT, "Is this paper still valid?", None)


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
        Address("telegram", str(CHAT)), "8", data="/open detention", kind=Kind.BUTTON, locale="fr", names=NAMES
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
    taken = read(sends(GROUP, photo=PHOTO, caption="@compact_bot what is this?"))
    assert (taken.kind, taken.text, taken.names, taken.file) == (Kind.GROUP, "", (), None)


def test_an_edit_in_a_group_is_ignored() -> None:
    assert incoming(edits(GROUP, text="/start")) is None


def test_a_bot_without_a_username_is_not_named_by_every_at_sign() -> None:
    assert incoming(says("mail me@example.org", GROUP), username="") is None
