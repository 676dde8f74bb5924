"""The stories of numbers at five levels, in French: key of the story -> level -> template."""

from collections.abc import Mapping

from engine.words.french.stories_base import BASE_STORIES
from engine.words.french.stories_images import IMAGE_STORIES
from engine.words.french.stories_layers import LAYER_STORIES
from engine.words.french.stories_time import TIME_STORIES

FRENCH_STORIES: Mapping[str, Mapping[str, str]] = {**BASE_STORIES, **LAYER_STORIES, **IMAGE_STORIES, **TIME_STORIES}
