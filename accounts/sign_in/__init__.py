"""Signing in: password, second factor, passkeys, step-up, sessions and the limits on guessing."""
