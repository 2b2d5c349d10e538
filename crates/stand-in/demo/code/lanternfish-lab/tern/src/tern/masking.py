"""Hiding tokens so that a model can guess them."""

import random
from collections.abc import Sequence


def mask(tokens: Sequence[int], share: float, mask_token: int, seed: int) -> list[int]:
    """Replace a share of the tokens by the mask token, always at least one of a non-empty text."""
    if not 0 < share < 1:
        raise ValueError(f"share must be between 0 and 1, not {share}")
    count = max(1, round(len(tokens) * share)) if tokens else 0
    hidden = set(random.Random(seed).sample(range(len(tokens)), count))
    return [mask_token if place in hidden else token for place, token in enumerate(tokens)]
