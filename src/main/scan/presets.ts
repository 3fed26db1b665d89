import aps34idc from '@resources/beamlines/aps-34idc.json';
import bm02 from '@resources/beamlines/bm02.json';
import cristal from '@resources/beamlines/cristal.json';
import generic from '@resources/beamlines/generic.json';
import id01 from '@resources/beamlines/id01.json';
import nanomax from '@resources/beamlines/nanomax.json';
import petraP10 from '@resources/beamlines/petra-p10.json';
import sixsMedH from '@resources/beamlines/sixs-med-h.json';
import sixsMedV from '@resources/beamlines/sixs-med-v.json';
import { presetSchema, type Preset } from '@contract/geometry';
import type { ScanFacts } from './types';

const shipped = [id01, aps34idc, petraP10, sixsMedH, sixsMedV, cristal, nanomax, bm02, generic];

/** The beamline presets that come with the program, checked. */
export const shippedPresets = (): Preset[] => shipped.map((preset) => presetSchema.parse(preset));

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** How many of the motors that turn a preset's circles the scan has recorded, from 0 to 1. */
function motorsKnown(facts: ScanFacts, { sampleCircles, detectorCircles }: Preset): number {
  const recorded = Object.keys(facts.positions);
  const circles = [...sampleCircles, ...detectorCircles];
  return circles.filter(({ motor }) => recorded.some((name) => same(name, motor))).length / circles.length;
}

/**
 * The preset that fits a scan: one of its format, told apart by the detector's name, by the motors that the file
 * records, and by whether it rocks the scanned motor. Undefined where none reads that format.
 */
export function presetFor(facts: ScanFacts, presets: readonly Preset[]): Preset | undefined {
  const score = (preset: Preset): number => {
    const detectors = preset.detectors.flatMap(({ name, aliases }) => [name, ...aliases]);
    const named = facts.detectorName !== undefined && detectors.some((name) => same(name, facts.detectorName ?? ''));
    const rocks = facts.motor !== undefined && preset.rockingMotors.some((motor) => same(motor, facts.motor ?? ''));
    return 4 * Number(named) + 2 * motorsKnown(facts, preset) + Number(rocks);
  };
  const candidates = presets.filter(({ formats }) => formats.includes(facts.ref.format));
  const best = candidates.toSorted((a, b) => score(b) - score(a))[0];
  // A scan that fits no beamline in anything is what the generic preset is for.
  return best && score(best) === 0 ? (candidates.find(({ name }) => name === 'generic') ?? best) : best;
}
