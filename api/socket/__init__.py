"""The socket: frames in JSON, one person in one organization, see the page of the protocol."""
