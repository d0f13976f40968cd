"""How is a long list asked for, part by part?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.web.shapes import Key

Limit = Annotated[int, Query(ge=1, le=200)]


Cursor = Annotated[Key | None, Query(description="De «next» van de vorige bladzijde.")]
