"""Who does the jobs? The worker and the child process that computes."""
