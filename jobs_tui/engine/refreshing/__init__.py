"""What the refresher decides by: how often, whose turn, when the endpoint is away, how long."""
