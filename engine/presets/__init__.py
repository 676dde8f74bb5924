"""Sessions to begin with: each a full description, and the story it tells, in the order in which one learns."""

from engine.presets.deep import DEEP
from engine.presets.images import IMAGES
from engine.presets.lags import LAGS
from engine.presets.pictures import STYLED
from engine.presets.points import FRUIT, LINE, MAZUR, PLANE
from engine.presets.preset import TOPICS, Preset, Topic
from engine.presets.tables import TABLES
from engine.presets.texts import TEXTS
from engine.presets.translation import TRANSLATION

#: name -> preset
PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (LINE, MAZUR, *FRUIT, *PLANE, *TABLES, *IMAGES, *STYLED, *LAGS, *TEXTS, TRANSLATION, *DEEP)
}

__all__ = ["PRESETS", "TOPICS", "Preset", "Topic"]
