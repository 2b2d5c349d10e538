import pytest
from tern.masking import mask


def test_the_same_seed_hides_the_same_tokens() -> None:
    assert mask(range(100), 0.15, 4, seed=1) == mask(range(100), 0.15, 4, seed=1)


def test_a_short_text_has_at_least_one_hidden_token() -> None:
    assert mask([7], 0.15, 4, seed=1) == [4]


def test_a_share_outside_of_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        mask([7], 1.5, 4, seed=1)
