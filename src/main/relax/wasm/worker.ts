import { serveWorker } from '@main/process/serve-worker';
import { createRelaxService } from './service';

serveWorker('relax-worker', createRelaxService());
