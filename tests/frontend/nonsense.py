"""What must never be an error of the server, as values of a parameter and as parts of a path."""

# Percent-encoded, as they stand in an address.
VALUES = [
    "x" * 10_000,
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "../",
    "..%2F..%2Fetc%2Fpasswd",
    "%E2%80%AE",
    "%1B%5B2J",
    "%27%20OR%201%3D1%20--",
    "%3Cscript%3E",
    "-1",
    "99999999999999999999",
    "Infinity",
    "%F0%9F%92%A9",
    "{}",
    "[]",
    "null",
    "%25",
]
SLUGS = [*VALUES, "does-not-exist", "a.b", "-", "_", "a--example.org", "a--example.org:8443"]
