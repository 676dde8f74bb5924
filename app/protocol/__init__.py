"""What is said between browser, gateway and shards: commands, events, problems, and how they become bytes."""
