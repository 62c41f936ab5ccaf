"""The warehouse: the only room with SQL. It stores facts and week cells and reads them back; it computes no metric."""
