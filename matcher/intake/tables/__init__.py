"""How do grids of text become rows with a meaning? Headers, cells, and what was mended: one reader for every table."""
