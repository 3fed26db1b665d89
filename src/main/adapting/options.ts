import type { NetworkDescription } from '@core/network/description';
import { trainingOptionsSchema, type TrainingOptions } from '@main/learn/options';

/**
 * How a network goes on learning from a beamtime's crystals: from the weights in use, with small steps, so that what it knows of other
 * crystals is not lost, and for as long as somebody waits for it.
 * @param network of the model in use, whose picture of a pattern it keeps
 */
export const optionsFor = ({
  compression,
  floor,
}: Pick<NetworkDescription, 'compression' | 'floor'>): TrainingOptions =>
  trainingOptionsSchema.parse({
    ...{ epochs: 8, batch: 16, rate: 3e-4, average: 0.998, lowerFrom: 0.3, lastRate: 0.02, seed: 1, dropout: 0.05 },
    ...{ compression, floor },
    augmentation: {
      ...{ turned: 0.5, tiltDeg: 1.5, zoom: 0.05, shift: 0.5 },
      ...{ noisy: 0.15, counts: [1000, 1e6], background: 5e-4, cropped: 0.1, reach: [14, 32] },
    },
  });
