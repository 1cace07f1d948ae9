"""Pages of the messenger, complete without scripts."""
