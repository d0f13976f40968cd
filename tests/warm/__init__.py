"""How does a test run the program many times without loading it each time? In forks of a process that has loaded it."""
