"""The secrets and what is derived from them: encryption of what is stored, and keyed hashes to find it by."""

import hmac
import os
import secrets
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core import CompactBotError, OperatorError

SHORTEST_SECRET = 32
LOOKUP_ONLY = "lookup:"
"""Begins an old entry that holds no secret, only the key by which hashes made under it are found."""

_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
# A person's text may hold half a surrogate pair, which plain UTF-8 refuses.
_LONE_SURROGATES = "surrogatepass"


class CannotDecrypt(CompactBotError):
    """It was changed, cut short, or sealed under a secret that is no longer here."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secret in use and earlier ones, the latest first. An old one may be reduced to its lookup form."""

    current: str = field(repr=False)
    old: tuple[str, ...] = field(default=(), repr=False)


class Keys:
    """Keys derived from one secret by HKDF, one for each purpose; `old` are earlier secrets or their lookup forms.

    The current secret alone encrypts and hashes. Old ones still read what was encrypted under them, until they are
    reduced to their lookup form, and still find what was hashed under them.

    Raises:
        OperatorError: a secret is too short or an old one is damaged; the text never says it.
    """

    def __init__(self, secret: str, old: Sequence[str] = ()) -> None:
        if secret.startswith(LOOKUP_ONLY):
            raise OperatorError("BOT_SECRET_KEY must be a secret, not the lookup form of one.")
        if len(secret) < SHORTEST_SECRET:
            raise OperatorError(f"BOT_SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
        self._secret = secret
        self._cipher = _cipher(secret)
        self._old_ciphers = [_cipher(each) for each in old if not each.startswith(LOOKUP_ONLY)]
        self._hash_keys = [_derived(secret, "lookup"), *map(_old_hash_key, old)]

    @property
    def lookup_only(self) -> str:
        """The lookup form of the current secret, for when it is an old one: it finds, and cannot decrypt."""
        return _lookup_form(self._secret)

    def encrypt(self, text: str) -> bytes:
        """As `encrypt_bytes`, of the text in UTF-8."""
        return self.encrypt_bytes(text.encode(errors=_LONE_SURROGATES))

    def decrypt(self, sealed: bytes) -> str:
        """The text again; otherwise as `decrypt_bytes`."""
        return self.decrypt_bytes(sealed).decode(errors=_LONE_SURROGATES)

    def encrypt_bytes(self, content: bytes) -> bytes:
        """AES-256-GCM: 12 bytes of nonce, then the sealed content with 16 bytes of tag."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, None)

    def decrypt_bytes(self, sealed: bytes) -> bytes:
        """The content, by the current secret or else by an old one.

        Raises:
            CannotDecrypt: no secret here opens it.
        """
        if len(sealed) >= _NONCE_BYTES + _TAG_BYTES:
            for cipher in (self._cipher, *self._old_ciphers):
                with suppress(InvalidTag):
                    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        raise CannotDecrypt

    def lookup_hash(self, *parts: str) -> bytes:
        """HMAC-SHA256, 32 bytes: finds a row without storing what it is found by."""
        return self.lookup_hashes(*parts)[0]

    def lookup_hashes(self, *parts: str) -> list[bytes]:
        """The hash under the current secret, then under each old one: for rows that cannot be hashed anew."""
        # Lengths part the parts, so that ("ab", "c") and ("a", "bc") differ.
        encoded = (part.encode(errors=_LONE_SURROGATES) for part in parts)
        message = b"".join(len(part).to_bytes(4) + part for part in encoded)
        return [hmac.digest(key, message, sha256) for key in self._hash_keys]

    def token(self, purpose: str) -> str:
        """A secret of 64 hexadecimal digits, the same at every start until the current secret changes."""
        return _derived(self._secret, purpose).hex()


def rotated(held: Secrets) -> Secrets:
    """A new current secret; the former one becomes the latest of the old."""
    return Secrets(_new_secret(), (held.current, *held.old))


def reduced(held: Secrets) -> Secrets:
    """The same without the power to decrypt by old secrets: for when nothing sealed under them is left."""
    return Secrets(
        held.current, tuple(each if each.startswith(LOOKUP_ONLY) else _lookup_form(each) for each in held.old)
    )


def read_or_make_secrets(path: Path) -> Secrets:
    """The secrets in this file, the current one in the first line; made on first use, readable by the owner only.

    Raises:
        OperatorError: the file cannot be read or written, or holds no secret.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # In one step: of two processes that start together, one makes it and the other reads all of it.
            with suppress(FileExistsError):
                _write(path, Secrets(_new_secret()), os.link)
        lines = [line for line in map(str.strip, path.read_text(encoding="utf-8").split("\n")) if line]
    except OSError as error:
        raise _unusable(path, error) from error
    except UnicodeDecodeError:
        lines = []
    if not lines:
        raise OperatorError(f"{path} holds no secret. Put back the one that was there, or remove the file.")
    return Secrets(lines[0], tuple(lines[1:]))


def write_secrets(path: Path, held: Secrets) -> None:
    """Put these into the file, at once and for good: after a crash it holds either the former ones or these.

    Raises:
        OperatorError: the file cannot be written.
    """
    try:
        _write(path, held, os.replace)
    except OSError as error:
        raise _unusable(path, error) from error


def _write(path: Path, held: Secrets, put: Callable[[str, Path], None]) -> None:
    """Write a file beside it, for the owner only, see it on the disk, then `put` it in its place."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{each}\n" for each in (held.current, *held.old))
            file.flush()
            os.fsync(file.fileno())
        put(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    if os.name == "posix":  # elsewhere a folder cannot be opened, and need not be
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=_KEY_BYTES, salt=None, info=f"compact-bot {purpose}".encode()).derive(secret.encode())


def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, "encryption"))


def _lookup_form(secret: str) -> str:
    return LOOKUP_ONLY + urlsafe_b64encode(_derived(secret, "lookup")).decode().rstrip("=")


def _old_hash_key(old: str) -> bytes:
    if not old.startswith(LOOKUP_ONLY):
        if len(old) < SHORTEST_SECRET:
            raise OperatorError(f"An old secret key must have at least {SHORTEST_SECRET} characters.")
        return _derived(old, "lookup")
    key = b""
    with suppress(ValueError):
        key = urlsafe_b64decode(old.removeprefix(LOOKUP_ONLY).rstrip("=") + "=")
    if len(key) != _KEY_BYTES:
        raise OperatorError(f"An old secret key that begins with {LOOKUP_ONLY} is damaged.")
    return key


def _unusable(path: Path, error: OSError) -> OperatorError:
    return OperatorError(
        f"{path} cannot be read or written ({error.strerror}). Set BOT_DATA_DIR to a folder of your own."
    )
