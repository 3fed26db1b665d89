import { serveWorker } from '@main/process/serve-worker';
import { createEngineWorker } from './service';

serveWorker(createEngineWorker());
