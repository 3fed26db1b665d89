import { constants, setPriority } from 'node:os';
import { serveWorker } from '@main/process/serve-worker';
import { hdf5Usable } from '@main/hdf5/index';
import { hearReach } from '@main/reading/hear-reach';
import { createInsideService } from './service';

// What else the machine does goes first.
setPriority(constants.priority.PRIORITY_LOW);
serveWorker('inside-worker', createInsideService(), { usable: hdf5Usable, told: hearReach });
