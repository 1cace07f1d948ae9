"""Files that people send: decided by decoding, kept beside the database."""
