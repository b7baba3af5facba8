"""The printed sign-ins of the demonstration."""

PASSWORD = "casework-demo-only"  # noqa: S105 - printed on purpose; opens nothing elsewhere
