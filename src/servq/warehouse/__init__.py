"""The warehouse: the only room that speaks SQL. It stores facts and week cells and reads them back."""
