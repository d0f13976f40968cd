"""How does the service speak HTTP? Routes, answers, shapes, problems."""
