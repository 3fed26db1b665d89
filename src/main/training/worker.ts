import { serveWorker } from '@main/process/serve-worker';
import { createTrainingService } from './service';

serveWorker('train-worker', createTrainingService());
