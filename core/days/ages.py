"""What an age in months may be, wherever one is said."""

OLDEST_MONTHS = 1439  # 119 years
