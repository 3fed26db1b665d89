import type { Preset, StageAxis } from '@contract/geometry';
import type { SamplePosition } from '@contract/scan';
import type { ScanFacts } from '@main/scan/types';
import { lookUp } from '@main/scan/motor';

const MICROMETRES: Readonly<Record<string, number>> = {
  nm: 1e-3,
  um: 1,
  '\u00b5m': 1,
  '\u03bcm': 1,
  micron: 1,
  microns: 1,
  mm: 1e3,
  m: 1e6,
};

type Facts = Pick<ScanFacts, 'positions' | 'units'>;

/** A motor's position; of one that was read out at every frame, the middle one. */
function recorded({ positions }: Facts, motor: string): number | undefined {
  const value = lookUp(positions, motor);
  const single = typeof value === 'number' ? value : value && [...value].toSorted((a, b) => a - b)[value.length >> 1];
  return single !== undefined && Number.isFinite(single) ? single : undefined;
}

/** The unit of a motor: the file's word counts before the preset's, whose word may be years old. */
function unitOf({ units }: Facts, motor: string, unit: string): string {
  const said = Object.entries(units ?? {})
    .find(([name]) => name.toLowerCase() === motor.toLowerCase())?.[1]
    ?.trim();
  return said !== undefined && Object.hasOwn(MICROMETRES, said) ? said : unit;
}

const readingsOf = (facts: Facts, { motors }: StageAxis): NonNullable<SamplePosition['readings']> =>
  motors.flatMap(({ motor, unit }) => {
    const value = recorded(facts, motor);
    return value === undefined ? [] : [{ motor, value, unit: unitOf(facts, motor, unit) }];
  });

/**
 * Where on the sample a scan was taken, by the motors that the preset names. Coarse and fine motors of one axis are taken to be
 * parallel and are added up.
 * @returns undefined where fewer than two axes are recorded
 */
export function samplePosition(facts: Facts, preset: Preset): SamplePosition | undefined {
  const along = preset.stage
    .map((axis) => ({ name: axis.name, readings: readingsOf(facts, axis) }))
    .filter(({ readings }) => readings.length > 0);
  if (along.length < 2) return undefined;
  const axes = along.map(({ name, readings }) => ({
    name,
    micrometres: readings.reduce((sum, { value, unit }) => sum + value * MICROMETRES[unit]!, 0),
    motors: readings.map(({ motor }) => motor),
  }));
  return { axes, readings: along.flatMap(({ readings }) => readings) };
}
