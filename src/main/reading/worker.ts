import { serveWorker } from '@main/process/serve-worker';
import { hdf5Usable } from '@main/hdf5/index';
import { scanService } from './service';

serveWorker('scan-worker', scanService, hdf5Usable);
