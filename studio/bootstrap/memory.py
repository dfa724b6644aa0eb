"""How the garbage collector treats a server: what was loaded stays, requests leave little behind."""

import gc


def settle() -> None:
    """Call once when everything is loaded. The collector took a tenth of a page's time, looking at code."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
