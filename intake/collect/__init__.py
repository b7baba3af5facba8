"""ODK Collect as a phone: its account, its forms, and what it submits (OpenRosa 1.0).

An account is a row of `intake.Phone`, so it is listed and ended where phones are. What arrives is
decrypted, sealed as a box, and taken in like one: docs/adr/0088-what-a-phone-delivers.md.
"""
