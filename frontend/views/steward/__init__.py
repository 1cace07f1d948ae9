"""Pages of the stewards of this node."""
