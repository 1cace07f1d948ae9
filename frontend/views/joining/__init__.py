"""Pages of the ways in: register, claim, prove, object."""
