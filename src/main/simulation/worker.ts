import { serveWorker } from '@main/process/serve-worker';
import { createPreviewService } from './preview-service';

serveWorker('simulate-worker', createPreviewService());
