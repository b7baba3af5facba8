"""Lists of what stands in cases, over all cases open to a reader: survivors, suspects, hearings and
referrals. One page and one template for all of them; each noun says what is its own."""
