"""What the documents of HSDS look like, one module an object."""
