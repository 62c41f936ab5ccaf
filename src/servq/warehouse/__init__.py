"""The warehouse: facts and week cells, stored and read back in the only SQL besides `loaders/feeds`. Computes no
metric."""
