"""What leaves for the terminal and what comes from it; knows nothing of jobs."""
