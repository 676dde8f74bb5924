"""The batch whose numbers are shown: that of the step under way, or of the one that has just been finished."""

from engine.trainer import Indices, Trainer


def rows_of(trainer: Trainer, *, finished: bool) -> int:
    """How many examples it has; the last of an epoch may be smaller."""
    _, batch = _place(trainer, finished=finished)
    return min(trainer.batch_size, trainer.size - batch * trainer.batch_size)


def batch_of(trainer: Trainer, *, finished: bool) -> Indices:
    """Which examples of the training part it is made of."""
    if not finished:
        return trainer.batch_rows
    epoch, batch = _place(trainer, finished=finished)
    start = batch * trainer.batch_size
    return trainer.epoch_order(epoch)[start : start + trainer.batch_size]


def _place(trainer: Trainer, *, finished: bool) -> tuple[int, int]:
    """Epoch and batch of the step that is shown; where it is finished, the trainer stands at the next."""
    if not finished:
        return trainer.epoch, trainer.batch
    return (trainer.epoch, trainer.batch - 1) if trainer.batch else (trainer.epoch - 1, trainer.batches - 1)
