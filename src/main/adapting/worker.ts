import { constants, setPriority } from 'node:os';
import { serveWorker } from '@main/process/serve-worker';
import { createTrialService } from './service';

// What else the machine does goes first.
setPriority(constants.priority.PRIORITY_LOW);
serveWorker('trial-worker', createTrialService());
