import { answersSchema } from '@contract/geometry';
import type { ReduceOptions } from '@main/reading/volume';
import { shippedPresets } from '@main/scan/presets';

/** A scan of ID01 as it is judged when nobody asked for anything else. */
export const wishes = {
  preset: shippedPresets().find(({ name }) => name === 'id01')!,
  answers: answersSchema.parse({}),
  method: 'linear',
  frame: 'q',
} as const satisfies ReduceOptions;
