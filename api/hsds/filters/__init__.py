"""What the parameters of HSDS may say."""
