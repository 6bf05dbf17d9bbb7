"""What a job execution is, what may be sent, what a job document holds. Standard library only."""
