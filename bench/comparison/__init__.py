"""The parts of bench/compare: the servers, the load, the machine, and what is written about them."""
