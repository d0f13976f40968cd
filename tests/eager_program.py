"""How does a test run `serve` or `work` beside other tests? As a process of its own whose children take their turn."""

from __future__ import annotations

import sys

from service.worker import child
from tests import eager_child

child._serve = eager_child.serve

if __name__ == "__main__":
    from service.cli import main

    sys.exit(main())
