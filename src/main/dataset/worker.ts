import { serveWorker } from '@main/process/serve-worker';
import { createDatasetService } from './service';

serveWorker(createDatasetService());
