"""Who must have completed what by when, and how it stands: asked of the database, never stored."""
