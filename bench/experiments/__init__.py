"""The parts of bench/overload: the models it makes, the experiments, and what is written about them."""
