"""The two thresholds below which a figure says less than it seems, or more than it may."""

RANK_MIN = 10  # a smaller denominator is shown with its interval, without point or rank
K = 11  # counts of survivors from 1 to 10 are hidden from whoever has no right to their rows


def hidden(count: int) -> bool:
    """Whether a count of survivors must not be shown to a reader without row rights."""
    return 0 < count < K
