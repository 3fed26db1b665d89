import { serveWorker } from '@main/process/serve-worker';
import { createEngineWorker } from './service';

serveWorker('engine-worker', createEngineWorker());
