"""Measures what survives prompt compression: eval/README.md."""
