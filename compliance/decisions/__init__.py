"""What people decide about somebody's training: assign, exempt, more time, leave."""
