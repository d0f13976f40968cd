"""What does the front page of a cohort show? The one page that looks at everything."""
