import { serveWorker } from '@main/process/serve-worker';
import { hdf5Usable } from './hdf5';
import { scanService } from './service';

serveWorker(scanService, hdf5Usable);
