"""How does a page come about? The frame, forms, messages and static files of the console."""
