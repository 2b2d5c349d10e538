from tern.vocabulary import Vocabulary


def test_an_unknown_token_has_the_number_of_unk() -> None:
    assert Vocabulary(["a"]).number("z") == 1


def test_the_order_of_the_tokens_is_kept() -> None:
    assert Vocabulary(["b", "a"]).number("a") == 6
