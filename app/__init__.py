"""The web side of Deltaflow: one gateway process, several shard processes."""
