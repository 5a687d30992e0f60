"""One secret, and what is derived from it: encryption of addresses and keyed hashes to find them."""

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core import OperatorError

SHORTEST_SECRET = 32
_NONCE_BYTES = 12


class Keys:
    """Keys derived from one secret by HKDF, one for each purpose."""

    def __init__(self, secret: str) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise OperatorError(f"BOT_SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
        self._secret = secret.encode()
        self._cipher = AESGCM(self._derived("encryption"))
        self._hash_key = self._derived("lookup")

    def encrypt(self, text: str) -> bytes:
        """AES-256-GCM: 12 bytes of nonce, then the sealed text."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def decrypt(self, sealed: bytes) -> str:
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()

    def lookup_hash(self, *parts: str) -> bytes:
        """HMAC-SHA256, 32 bytes: finds a row without storing what it is found by."""
        # Lengths part the parts, so that ("ab", "c") and ("a", "bc") differ.
        message = b"".join(len(part).to_bytes(4) + part for part in (p.encode() for p in parts))
        return hmac.digest(self._hash_key, message, sha256)

    def token(self, purpose: str) -> str:
        """A secret of 64 hexadecimal digits, the same at every start."""
        return self._derived(purpose).hex()

    def _derived(self, purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=f"compact-bot {purpose}".encode()).derive(self._secret)


def read_or_make_secret(path: Path) -> str:
    """The secret in this file; made on first use, readable by the owner only.

    Raises:
        OperatorError: the file cannot be read or written.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as file:  # for the owner only
                file.write(secrets.token_urlsafe(48) + "\n")
                file.flush()
                # In one step: of two processes that start together, one makes it and the other reads all of it.
                with suppress(FileExistsError):
                    os.link(file.name, path)
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be read or written ({error.strerror}). Set BOT_DATA_DIR to a folder of your own."
        ) from error
