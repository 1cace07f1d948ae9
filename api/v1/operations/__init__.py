"""What the document says of each operation: parameters, answers by status, examples."""
