"""What an organization does with its programs, one module a matter."""
