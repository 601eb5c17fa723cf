"""Distribution alignment (LLMLingua, section 4.3, Eq. 8): the scorer learns to write like the reader."""
