"""Keys, what is derived from them, and how one secret follows another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import OperatorError
from bot.privacy.keys import LOOKUP_ONLY, SHORTEST_SECRET, CannotDecrypt, Keys, Secrets, reduced, rotated
from tests.fakes.hostile import HOSTILE

SECRET = "not a secret, only long enough to be one"
KEYS = Keys(SECRET)
OTHER = Keys(f"{SECRET}!")
NEW_SECRET = "what came after it, just as long as it must be"
RECEIPT = ("receipt", "1234567890123456")
CHAT = "4711, a chat"


@given(HOSTILE)
def test_what_is_encrypted_can_be_read_again(text: str) -> None:
    assert Keys(SECRET).decrypt(KEYS.encrypt(text)) == text


@given(st.binary())
def test_bytes_that_are_encrypted_can_be_read_again(content: bytes) -> None:
    sealed = KEYS.encrypt_bytes(content)
    assert Keys(SECRET).decrypt_bytes(sealed) == content
    assert len(sealed) == len(content) + 28


def test_a_text_is_sealed_as_its_bytes_are() -> None:
    assert KEYS.decrypt_bytes(KEYS.encrypt("ещё")) == "ещё".encode()
    assert KEYS.decrypt(KEYS.encrypt_bytes("ещё".encode())) == "ещё"


def test_what_is_encrypted_shows_nothing_and_never_looks_the_same() -> None:
    sealed = {KEYS.encrypt(CHAT) for _time in range(100)}
    assert len(sealed) == 100
    assert len({each[:12] for each in sealed}) == 100
    assert not any(CHAT.encode() in each for each in sealed)


@given(position=st.integers(0, len(KEYS.encrypt(CHAT)) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_refused(position: int, bit: int) -> None:
    sealed = bytearray(KEYS.encrypt(CHAT))
    sealed[position] ^= 1 << bit
    with pytest.raises(CannotDecrypt):
        KEYS.decrypt(bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 7, 8, 12, 20, 27, 28, 39])
def test_a_shortened_text_is_refused(length: int) -> None:
    with pytest.raises(CannotDecrypt):
        KEYS.decrypt(KEYS.encrypt(CHAT)[:length])


def test_another_secret_reads_nothing() -> None:
    with pytest.raises(CannotDecrypt):
        OTHER.decrypt(KEYS.encrypt(CHAT))


def test_what_was_changed_is_refused_with_old_secrets_too() -> None:
    keys = Keys(NEW_SECRET, [SECRET])
    for sealed in (KEYS.encrypt_bytes(b"a file"), keys.encrypt_bytes(b"a file")):
        assert keys.decrypt_bytes(sealed) == b"a file"
        with pytest.raises(CannotDecrypt):
            keys.decrypt_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_refusal_says_nothing_of_what_was_sealed() -> None:
    with pytest.raises(CannotDecrypt) as caught:
        OTHER.decrypt(KEYS.encrypt(CHAT))
    assert str(caught.value) == ""
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_hash_finds_again_only_with_the_same_secret() -> None:
    found = KEYS.lookup_hash("telegram", "4711")
    assert found == Keys(SECRET).lookup_hash("telegram", "4711")
    assert found != OTHER.lookup_hash("telegram", "4711")
    assert len(found) == 32


@given(st.lists(HOSTILE, max_size=3), st.lists(HOSTILE, max_size=3))
def test_different_parts_have_different_hashes(one: list[str], other: list[str]) -> None:
    assert (KEYS.lookup_hash(*one) == KEYS.lookup_hash(*other)) == (one == other)


def test_where_one_part_ends_matters() -> None:
    assert len({KEYS.lookup_hash(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}) == 4


def test_tokens_are_the_same_at_every_start_and_differ_by_purpose_and_secret() -> None:
    token = KEYS.token("telegram webhook")
    assert token == Keys(SECRET).token("telegram webhook")
    assert len({token, KEYS.token("another"), OTHER.token("telegram webhook")}) == 3
    assert len(token) == 64
    assert int(token, 16)


def test_one_purpose_tells_nothing_of_the_others() -> None:
    assert KEYS.token("lookup") != KEYS.token("encryption")
    assert KEYS.lookup_hash(CHAT) != Keys(KEYS.token("lookup")).lookup_hash(CHAT)


@pytest.mark.parametrize("secret", ["", "x", "x" * (SHORTEST_SECRET - 1)])
def test_a_short_secret_is_refused_without_saying_it(secret: str) -> None:
    with pytest.raises(OperatorError, match="at least 32 characters") as caught:
        Keys(secret)
    assert "xx" not in str(caught.value)


@pytest.mark.parametrize(
    "old",
    [
        "",
        "x" * (SHORTEST_SECRET - 1),
        LOOKUP_ONLY,
        KEYS.lookup_only[:-1],
        f"{KEYS.lookup_only}xxxx",
        f"{LOOKUP_ONLY}{'é' * 43}",
        f"{LOOKUP_ONLY}{'=' * 43}",
    ],
)
def test_an_old_secret_that_is_damaged_is_refused_without_saying_it(old: str) -> None:
    with pytest.raises(OperatorError, match="An old secret key") as caught:
        Keys(SECRET, [old])
    assert "xx" not in str(caught.value)
    assert KEYS.lookup_only[8:20] not in str(caught.value)


def test_a_lookup_form_is_no_secret_to_go_on_with() -> None:
    with pytest.raises(OperatorError, match="not the lookup form"):
        Keys(KEYS.lookup_only)


def test_an_old_secret_still_decrypts_and_no_longer_encrypts() -> None:
    keys = Keys(NEW_SECRET, [f"{SECRET}!", SECRET])
    assert keys.decrypt(KEYS.encrypt(CHAT)) == CHAT
    assert keys.decrypt(OTHER.encrypt(CHAT)) == CHAT
    assert Keys(NEW_SECRET).decrypt(keys.encrypt(CHAT)) == CHAT
    with pytest.raises(CannotDecrypt):
        KEYS.decrypt(keys.encrypt(CHAT))


def test_a_hash_is_made_with_the_current_secret_alone() -> None:
    keys = Keys(NEW_SECRET, [SECRET])
    assert keys.lookup_hash(*RECEIPT) == Keys(NEW_SECRET).lookup_hash(*RECEIPT)
    assert keys.token("telegram webhook") == Keys(NEW_SECRET).token("telegram webhook")


def test_what_was_hashed_under_an_old_secret_is_found_newest_first() -> None:
    expected = [each.lookup_hash(*RECEIPT) for each in (Keys(NEW_SECRET), OTHER, KEYS)]
    assert Keys(NEW_SECRET, [f"{SECRET}!", SECRET]).lookup_hashes(*RECEIPT) == expected
    assert Keys(NEW_SECRET, [OTHER.lookup_only, KEYS.lookup_only]).lookup_hashes(*RECEIPT) == expected
    assert KEYS.lookup_hashes(*RECEIPT) == expected[2:]


def test_a_lookup_form_finds_and_cannot_decrypt() -> None:
    keys = Keys(NEW_SECRET, [KEYS.lookup_only])
    assert KEYS.lookup_hash(*RECEIPT) in keys.lookup_hashes(*RECEIPT)
    with pytest.raises(CannotDecrypt):
        keys.decrypt(KEYS.encrypt(CHAT))
    assert keys.decrypt(keys.encrypt(CHAT)) == CHAT


def test_a_lookup_form_tells_neither_the_secret_nor_its_tokens() -> None:
    assert KEYS.lookup_only.startswith(LOOKUP_ONLY)
    assert SECRET not in KEYS.lookup_only
    assert KEYS.lookup_only == Keys(SECRET).lookup_only != OTHER.lookup_only
    assert len(KEYS.lookup_only) == len(LOOKUP_ONLY) + 43


def test_padding_of_a_lookup_form_does_not_matter() -> None:
    padded = Keys(NEW_SECRET, [f"{KEYS.lookup_only}="])
    assert padded.lookup_hashes(*RECEIPT) == Keys(NEW_SECRET, [SECRET]).lookup_hashes(*RECEIPT)


def test_secrets_are_not_printed() -> None:
    assert repr(Secrets(SECRET, (NEW_SECRET,))) == "Secrets()"


def test_a_rotation_puts_the_former_secret_first_of_the_old() -> None:
    first = Secrets(SECRET)
    second = rotated(first)
    third = rotated(second)
    assert second.old == (SECRET,)
    assert third.old == (second.current, SECRET)
    assert len({SECRET, second.current, third.current}) == 3
    assert len(third.current) >= SHORTEST_SECRET


def test_reducing_leaves_the_current_secret_and_takes_the_power_to_decrypt_from_the_old() -> None:
    once = reduced(rotated(Secrets(SECRET)))
    assert once.old == (KEYS.lookup_only,)
    assert reduced(once) == once
    twice = reduced(rotated(once))
    assert twice.old == (Keys(once.current).lookup_only, KEYS.lookup_only)
    assert SECRET not in repr(twice.old)


def test_through_two_rotations_what_was_stored_is_read_sealed_anew_and_found() -> None:
    held = Secrets(SECRET)
    sealed, receipt = KEYS.encrypt(CHAT), KEYS.lookup_hash(*RECEIPT)
    for _time in range(2):
        held = rotated(held)
        keys = Keys(held.current, held.old)
        sealed = keys.encrypt(keys.decrypt(sealed))
        held = reduced(held)
        keys = Keys(held.current, held.old)
        assert keys.decrypt(sealed) == CHAT
        assert receipt in keys.lookup_hashes(*RECEIPT)
    assert keys.lookup_hash(*RECEIPT) != receipt
    with pytest.raises(CannotDecrypt):
        KEYS.decrypt(sealed)


def test_a_secret_just_long_enough_is_taken() -> None:
    assert Keys("x" * SHORTEST_SECRET).decrypt(Keys("x" * SHORTEST_SECRET).encrypt("hello")) == "hello"
