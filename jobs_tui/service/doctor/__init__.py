"""Looks at every step on the way to the service, and changes nothing.

`examination` goes through the steps; each of the other files knows one kind of step: what is asked,
and, apart from that, what the answer means. Importing them imports the SDK.
"""
