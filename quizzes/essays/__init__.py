"""Essays: what people write at length, and a person marks."""
