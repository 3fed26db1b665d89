import { serveWorker } from '@main/process/serve-worker';
import { scanService } from './service';

serveWorker(scanService);
