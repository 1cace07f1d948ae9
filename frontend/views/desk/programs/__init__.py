"""Pages of a group on its programs."""
