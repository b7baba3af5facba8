"""What is to be done: kept by the database as rules ask it, read in order, said in lines."""
