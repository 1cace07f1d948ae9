"""The whole node as one file, and a node from such a file: `backup` and `restore`."""
