"""The characters that the encoder knows, in an order that never changes."""

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


class Vocabulary:
    """Tokens and their numbers."""

    def __init__(self, tokens: list[str]) -> None:
        if len(set(tokens)) != len(tokens):
            raise ValueError("a token stands twice in the vocabulary")
        self._numbers = {token: number for number, token in enumerate((*SPECIAL, *tokens))}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, token: str) -> int:
        """The token's number, that of [UNK] for an unknown one."""
        return self._numbers.get(token, self._numbers["[UNK]"])
