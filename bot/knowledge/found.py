"""What was found before: the same question, asked again, is not computed twice."""

import hashlib
import secrets

from cachetools import LRUCache

from bot.core import Finding, FindingKind
from bot.knowledge.text import bounded, normalise

MOST_KEPT = 4096
"""At under 2 KB each."""


class FoundBefore:
    """Findings by the normalised question; the least recently asked goes first.

    No words are kept, only a digest under a key that ends with the process; and of urgent messages nothing.
    """

    def __init__(self) -> None:
        self._findings: LRUCache[bytes, Finding] = LRUCache(MOST_KEPT)
        self._key = secrets.token_bytes(32)

    def get(self, message: str, hint: str) -> Finding | None:
        return self._findings.get(self._digest(message, hint))

    def keep(self, message: str, hint: str, finding: Finding) -> None:
        # Emoji alone have no normal form, and do not mean the same.
        if finding.kind is not FindingKind.URGENT and normalise(bounded(message)):
            self._findings[self._digest(message, hint)] = finding

    def _digest(self, message: str, hint: str) -> bytes:
        content = f"{hint}\n{normalise(bounded(message))}".encode()
        return hashlib.blake2b(content, key=self._key, digest_size=16).digest()
