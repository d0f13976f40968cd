"""Which mentor helps which school, when do the schools meet, and why? The one door to the matcher.

Everything the command and the service use is named in `__init__.pyi`; names load on first use, so that a small
question does not wait for a solver that it does not need.

>>> from matcher import read_cohort, assign
>>> plan = assign(read_cohort("data/voorbeeld").given)  # doctest: +SKIP
"""

import lazy_loader

from matcher.domain.frame_lookup import found_by

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

found_by(__getattr__)
