"""What is let in, and what is said to browsers about what they may do."""
