"""How many came: by session, by region, by post. Numbers, no names."""
