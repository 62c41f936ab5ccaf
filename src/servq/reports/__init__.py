"""Reports: what the pages say, put on paper. Renders what `query` found; computes no figure and judges none."""
