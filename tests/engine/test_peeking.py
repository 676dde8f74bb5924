"""Values of a decoder's network beside its training: what its teacher says."""

import numpy as np

from tests.engine.test_decoding import translation


def test_a_decoder_reads_the_target_that_is_given_or_none() -> None:
    """Nobody else's: the same values whoever was evaluated before, and those of the training forward pass."""
    network = translation()
    inputs, targets, output = network.inputs["train"], network.targets["train"], network.graph.output
    whole = network.evaluator.backward(inputs[:4], targets[:4]).values[output]
    peek = network.evaluator.peek

    given = peek(inputs[2:3], targets[2:3]).values[output].copy()
    alone = peek(inputs[2:3]).values[output].copy()
    peek(inputs[3:4], targets[3:4])
    again = peek(inputs[2:3]).values[output].copy()

    np.testing.assert_allclose(whole[2], given[0], rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(alone, again)
    np.testing.assert_array_equal(network.evaluator.forward(inputs[2:3])[output], alone)
    assert not np.allclose(given, alone)
