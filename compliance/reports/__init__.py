"""What officers see: a unit's people, places side by side, files, papers, signed returns."""
