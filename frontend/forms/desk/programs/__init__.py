"""The forms of a program's editor, one for each of its parts."""
