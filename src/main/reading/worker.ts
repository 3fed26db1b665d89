import { serveWorker } from '@main/process/serve-worker';
import { hdf5Usable } from '@main/hdf5/index';
import { hearReach } from './hear-reach';
import { scanService } from './service';

serveWorker('scan-worker', scanService, { usable: hdf5Usable, told: hearReach });
