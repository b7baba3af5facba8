"""The currency of a country, by ISO 4217, as far as Casework knows it."""

CURRENCIES = {
    "IN": "INR",
    "PH": "PHP",
    "KH": "KHR",
    "TH": "THB",
    "UG": "UGX",
    "KE": "KES",
    "DO": "DOP",
    "GT": "GTQ",
    "GH": "GHS",
    "GB": "GBP",
}


def currency_of(country: str) -> str:
    """Nothing of a country we do not know."""
    return CURRENCIES.get(country, "")
