"""What the document says of the operations of HSDS; see `api.v1.operations`."""
