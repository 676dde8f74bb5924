"""Whole training steps: the plan's calls between the draw of a batch and the update of the parameters."""
