"""A large invented world for measurements: the same rows every time, made by the database."""
