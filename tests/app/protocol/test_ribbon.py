from app.protocol.ribbon import pack_calls, unpack_calls
from app.shards.data import call_data
from app.shards.engine_port import open_cursor

LIMITS = {"layers": 64, "units": 1024}


def test_packed_calls_are_the_calls_again_and_much_smaller() -> None:
    """Every field of every call of a recurrent network, forward, loss, backward and update."""
    layers = [
        {"type": "embedding", "id": "letters", "tokens": 40, "units": 4},
        {"type": "lstm", "id": "lstm", "units": 4, "return_sequences": True},
        {"type": "dense", "id": "output", "units": 40, "activation": "softmax"},
    ]
    spec = {
        "dataset": {"name": "tunes"},
        "layers": layers,
        "loss": "softmax_cross_entropy",
        "regularization": {"l2": 1},
    }
    calls = [call_data(call) for call in open_cursor(spec, None, LIMITS).calls()]

    packed = pack_calls(calls)

    assert calls == unpack_calls(packed)
    assert len(calls) > 1500
    assert len(packed["kinds"]) < 80
