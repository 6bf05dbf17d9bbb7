"""The two planes of the service over aiobotocore."""
