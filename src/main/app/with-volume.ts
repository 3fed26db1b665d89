import { BraggwatchError } from '@contract/errors';
import type { Rows } from '@main/beamtime/rows';
import { placeIn, takeAway, type Laid } from '@main/files/laid';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';

/** Does what needs what the network was given of a scan, which lies on disk as long as that takes. */
export type WithVolume = <T>(id: string, work: (volume: Laid) => Promise<T>) => Promise<T>;

/**
 * Has volumes of results laid down by the process that reads them, to be picked up by the engine's: none of it passes through the front
 * process. What is done throws volume-missing where a scan has no result, and what laying down throws.
 * @param folder in which they lie meanwhile
 */
export const createWithVolume =
  (rows: Pick<Rows, 'get'>, scans: Pick<Worker<ScanService>, 'call'>, folder: string): WithVolume =>
  async (id, work) => {
    const nexus = rows.get(id)?.nexus;
    if (!nexus) throw new BraggwatchError('volume-missing', id);
    const laid = placeIn(folder);
    try {
      await scans.call('layDown', nexus, laid);
      return await work({ laid });
    } finally {
      inBackground(takeAway(laid), `taking ${laid} away`);
    }
  };
