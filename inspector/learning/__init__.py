"""Second floor: learns from labelled chips and judges new ones; the only room that imports torch."""

import os

# Threads that wait must not spin: station, engine and reading share the cores, and a spinning one takes them away.
# The OpenMP library reads this once, when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
