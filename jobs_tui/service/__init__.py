"""The four operations of the AWS IoT Jobs Data Plane over aiobotocore.

Importing this package imports neither aiobotocore nor botocore: `connection` does that in a thread,
after the first frame is on the screen.
"""
