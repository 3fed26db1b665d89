"""One start of the trial of looking inside (`phase.py`, numpy and scipy, one core): processor seconds, and the free error it ends with.

    /usr/bin/python3 phase_start.py FOLDER_OF_PHASE_PY VOLUME.npz OVERSAMPLING
"""
import json, os, sys, time

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, sys.argv[1])
import numpy as np
import phase

volume = np.load(sys.argv[2])
begin = time.process_time()
_, error = phase.retrieve(volume["intensity"], volume["mask"], 1, (volume["intensity"].shape[0] / float(sys.argv[3])) ** 3)
print(json.dumps({"cpu_s": time.process_time() - begin, "iterations": sum(count for count, _ in phase.CYCLES), "free_error": error}))
