"""Pages of a group's desk: one module a subject."""
