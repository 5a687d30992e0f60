"""What people asked in vain, grouped by nearness for editors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core import Gap

Floats = npt.NDArray[np.float32]

MOST_SAMPLES = 3
FARTHEST = 0.55
"""Mean distance (1 - cosine of centred meanings) up to which questions belong together. On the development set 86 in 100
are then in a group of their own article's; of larger distances groups begin to mix (`python -m benchmarks.gaps`)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about the same thing. `samples` are those nearest to the group's middle."""

    gaps: tuple[Gap, ...]
    samples: tuple[Gap, ...]

    @property
    def languages(self) -> list[str]:
        return sorted({gap.language for gap in self.gaps})


def group(gaps: Sequence[Gap], vectors: Floats) -> list[Group]:
    """Groups, largest first. `vectors` are the gaps' centred meanings, shape (gaps, 384), each of length 1.

    Cost grows with the square of their number: 5,000 take some ten seconds and 200 MB.
    """
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415 -- takes SciPy, which a running bot does not need

    if len(gaps) < 2:  # noqa: PLR2004 -- one alone is a group
        return [Group(tuple(gaps), tuple(gaps))] if gaps else []
    numbers = fcluster(linkage(vectors, "average", "cosine"), FARTHEST, "distance")
    groups = [_group(gaps, vectors, np.flatnonzero(numbers == number)) for number in np.unique(numbers)]
    return sorted(groups, key=lambda each: -len(each.gaps))


def _group(gaps: Sequence[Gap], vectors: Floats, members: npt.NDArray[np.int64]) -> Group:
    middle = vectors[members].mean(axis=0)
    nearest = members[np.argsort(-(vectors[members] @ middle), kind="stable")]
    samples: list[Gap] = []
    for position in nearest:
        if gaps[position].words not in {sample.words for sample in samples}:
            samples.append(gaps[position])
    return Group(tuple(gaps[position] for position in members), tuple(samples[:MOST_SAMPLES]))
