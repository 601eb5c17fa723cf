"""What `bench/run`, `bench/agreement` and `bench/report` are made of."""
