"""Texts that nobody sends by accident."""

from hypothesis import strategies as st

CONTROL = st.characters(categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
MIXED = st.sampled_from("aZ0 ßİıſﬁé\u0301\0\n\t\u202e\u200f\u2067\ufeff\ud83d\ude00هـإیة٤ਕੀกำ漢字ꙮ😀👩🏽‍🚀{}%=/\\\"'<&")

ANY_TEXT = st.text(st.characters() | CONTROL | MIXED, max_size=200)
"""Every code point, control characters and half surrogates included."""

LONG_TEXT = st.builds(
    lambda piece, times: piece * times, st.text(CONTROL | MIXED, min_size=1, max_size=8), st.integers(1, 20_000)
)
"""A piece again and again, up to 160,000 characters."""

HOSTILE = st.one_of(ANY_TEXT, LONG_TEXT)
