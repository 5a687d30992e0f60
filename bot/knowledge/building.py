"""Making an index: the meanings of the examples, what is learned from them, and both in few bits."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bot.knowledge.examples import Example
from bot.knowledge.index import EMPTY, MOST_CODE, Floats, Index, examples_key, fingerprint, lengths_of, of_length_one
from bot.knowledge.meaning import Meaning

Progress = Callable[[int, int], None]

SMALLEST_LETTER_WEIGHT = 0.015
"""Smaller weights of letters are not kept: they are nineteen in twenty, and without them as many answers are right."""
_CLIPPED_AT = 2.75
_MOST_WEIGHT = 127
_BATCH = 32


def build(examples: Sequence[Example], meaning: Meaning | None, known: Sequence[Index], progress: Progress) -> Index:
    """Learn from the examples. Meanings that `known` indexes have are taken from there; the others are made.

    Takes about 25 ms for each new meaning, then the time of `bot.knowledge.learning.learn`. Without a model letters alone
    are learned.
    """
    from bot.knowledge.learning import learn  # noqa: PLC0415 -- takes SciPy, which a running bot does not need

    labels = sorted({example.label for example in examples})
    numbers = {label: number for number, label in enumerate(labels)}
    languages, means, codes, steps = EMPTY.languages, EMPTY.means, EMPTY.codes, EMPTY.steps
    if meaning is not None:
        languages, means, vectors = _centred_meanings(examples, meaning, known, progress)
        codes, steps = _coded(vectors)
    lengths = lengths_of(codes, steps)
    learned = learn(
        [example.text for example in examples],
        [example.language for example in examples],
        [numbers[example.label] for example in examples],
        # Learn on what will be read back.
        codes * steps / lengths[:, None] if len(codes) else None,
    )
    weight_step = max(float(np.abs(learned.weights).max()), 1e-9) / _MOST_WEIGHT
    kept = np.abs(learned.letters) >= SMALLEST_LETTER_WEIGHT
    has_any = kept.any(axis=1)
    sizes = kept[has_any].sum(axis=1)
    rows, letter_labels = np.nonzero(kept[has_any])
    return Index(
        key=examples_key(examples),
        labels=tuple(labels),
        languages=languages,
        means=means,
        fingerprints=np.array([fingerprint(example.language, example.text) for example in examples], dtype=np.uint64),
        codes=codes,
        steps=steps,
        lengths=lengths,
        weights=np.round(learned.weights / weight_step).astype(np.int8),
        weight_step=weight_step,
        idf=learned.idf.astype(np.float16).astype(np.float32),
        buckets=learned.buckets[has_any],
        starts=np.concatenate(([0], np.cumsum(sizes))),
        letter_labels=letter_labels,
        letter_weights=learned.letters[has_any][rows, letter_labels].astype(np.float16).astype(np.float32),
        bias=learned.bias,
    )


def _centred_meanings(
    examples: Sequence[Example], meaning: Meaning, known: Sequence[Index], progress: Progress
) -> tuple[tuple[str, ...], Floats, Floats]:
    """The languages, the mean of each, and the centred meaning of each example.

    A language keeps the mean that it has in the first known index, so that its known meanings stay valid.
    """
    old = next((index for index in known if index.has_meanings), EMPTY)
    means = dict(zip(old.languages, old.means, strict=True))
    vectors = dict(zip(old.fingerprints.tolist(), old.vectors(), strict=True))
    missing: dict[str, list[str]] = {}
    for example in examples:
        if fingerprint(example.language, example.text) not in vectors:
            missing.setdefault(example.language, []).append(example.text)
    total, done = sum(map(len, missing.values())), 0
    for language, texts in missing.items():
        raw = []
        for start in range(0, len(texts), _BATCH):
            raw.append(meaning.vectors(texts[start : start + _BATCH]))
            done += len(raw[-1])
            progress(done, total)
        made = np.concatenate(raw)
        mean = means.setdefault(language, made.mean(axis=0))
        keys = (fingerprint(language, text) for text in texts)
        vectors.update(zip(keys, of_length_one(made - mean), strict=True))
    languages = tuple(sorted(means))
    return (
        languages,
        np.array([means[language] for language in languages], dtype=np.float32),
        np.array([vectors[fingerprint(example.language, example.text)] for example in examples], dtype=np.float32),
    )


def _coded(vectors: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Meanings in four bits a number, -7 to 7, each dimension in steps of its own; the rare larger ones are clipped."""
    steps = np.maximum(vectors.std(axis=0) * _CLIPPED_AT / MOST_CODE, 1e-9).astype(np.float32)
    return np.clip(np.round(vectors / steps), -MOST_CODE, MOST_CODE).astype(np.int8), steps
