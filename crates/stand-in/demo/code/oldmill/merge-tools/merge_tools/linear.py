"""Linear merge of two checkpoints."""


def merge(first, second, weight):
    """Weighted mean of all tensors that both have."""
    return {name: first[name] * weight + second[name] * (1 - weight) for name in first if name in second}
