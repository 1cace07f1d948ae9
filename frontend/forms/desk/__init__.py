"""Forms of a group's desk."""
