"""The last snapshot of each thing, kept between runs: what the first frame has to show."""
