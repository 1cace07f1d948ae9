"""The directory as Open Referral HSDS 3.1, for consumers that know nothing but that."""
