"""How do analysts work with the matcher in pandas? Frames go in with `read_frames`, and answers come out as frames."""

from matcher.frames.plan_map import PlanMap, plan_map
from matcher.frames.reading import read_frames
from matcher.frames.tables import plan_frame, price_frame, verdict_frame, year_frame

__all__ = ["PlanMap", "plan_frame", "plan_map", "price_frame", "read_frames", "verdict_frame", "year_frame"]
