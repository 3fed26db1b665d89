import { serveWorker } from '@main/process/serve-worker';
import { createDatasetService } from './service';

const service = createDatasetService();
// Also when the parent has gone, which `serveWorker` notices.
process.once('exit', service.end);
serveWorker('dataset-worker', service);
