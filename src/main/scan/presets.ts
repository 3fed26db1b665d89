import aps34idc from '@resources/beamlines/aps-34idc.json';
import bm02 from '@resources/beamlines/bm02.json';
import cristal from '@resources/beamlines/cristal.json';
import generic from '@resources/beamlines/generic.json';
import hepsId05 from '@resources/beamlines/heps-id05.json';
import id01 from '@resources/beamlines/id01.json';
import id27 from '@resources/beamlines/id27.json';
import nanomax from '@resources/beamlines/nanomax.json';
import petraP10Eh2 from '@resources/beamlines/petra-p10-eh2.json';
import petraP10 from '@resources/beamlines/petra-p10.json';
import sixsMedH from '@resources/beamlines/sixs-med-h.json';
import sixsMedV from '@resources/beamlines/sixs-med-v.json';
import { presetSchema, type Circle, type Preset } from '@contract/geometry';
import type { ScanFacts } from './types';

const shipped = [
  id01,
  aps34idc,
  petraP10,
  petraP10Eh2,
  sixsMedH,
  sixsMedV,
  cristal,
  nanomax,
  bm02,
  id27,
  hepsId05,
  generic,
];

/** What the presets that come with the program are called. */
export const presetNames: readonly string[] = shipped.map(({ name }) => name);

/** The beamline presets that come with the program, checked. */
export const shippedPresets = (): Preset[] => shipped.map((preset) => presetSchema.parse(preset));

/** Names of a whole facility, or of none: they leave the beamline open. */
const BROAD = /^(esrf|soleil|desy|petra( ?iii)?|max ?iv|aps|dls|diamond.*|instrument|undefined|unknown|)$/i;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The motors whose scan is a preset's rocking curve, by all names that their circles have. */
export const rockingNames = ({ rockingMotors, sampleCircles }: Preset): readonly string[] =>
  rockingMotors.flatMap((name) => [name, ...(sampleCircles.find(({ motor }) => motor === name)?.aliases ?? [])]);

/** How many of the motors that turn a preset's circles the scan has recorded, from 0 to 1. One that is not always mounted counts where it is. */
function motorsKnown(facts: ScanFacts, { sampleCircles, detectorCircles }: Preset): number {
  const recorded = Object.keys(facts.positions);
  const known = ({ motor, aliases = [] }: Circle): boolean =>
    recorded.some((name) => [motor, ...aliases].some((one) => same(name, one)));
  const circles = [...sampleCircles, ...detectorCircles].filter((circle) => !circle.mayBeAbsent || known(circle));
  return circles.filter(known).length / Math.max(1, circles.length);
}

/** The presets that an instrument's whole name is of, else those of a part of it: `ESRF-ID01` is named by `id01`, `SixS UHV` by none. */
function namedBy(instrument: string, presets: readonly Preset[]): readonly Preset[] {
  const parts = instrument.split(/[-_/:]/);
  const of = (names: readonly string[]): readonly Preset[] =>
    presets.filter(({ instruments }) => instruments.some((one) => names.some((name) => same(one, name))));
  const whole = of([instrument]);
  return whole.length > 0 ? whole : of(parts);
}

/**
 * The preset that fits a scan, by what its file says: the beamline that it names, else the motors and the detector that it records
 * and the motor that it rocks; formats only where these leave a choice. A file that brings its whole geometry needs none but the
 * generic one. Undefined where the file names a beamline that no preset knows, or nothing in it fits one.
 */
export function presetFor(facts: ScanFacts, presets: readonly Preset[]): Preset | undefined {
  const generic = presets.find(({ name }) => name === 'generic');
  const { instrument, motor = '' } = facts;
  const named = instrument === undefined ? [] : namedBy(instrument, presets);
  if (named.length === 0 && facts.transformations) return generic;
  if (named.length === 0 && instrument !== undefined && !BROAD.test(instrument))
    return facts.geometry ? generic : undefined;
  const candidates = named.length > 0 ? named : presets.filter((preset) => preset !== generic);
  const score = (preset: Preset): number => {
    const detectors = preset.detectors.flatMap(({ name, aliases }) => [name, ...aliases]);
    const seen = facts.detectorName !== undefined && detectors.some((name) => same(name, facts.detectorName ?? ''));
    const rocks = rockingNames(preset).some((name) => same(name, motor));
    return 8 * motorsKnown(facts, preset) + 2 * Number(seen) + 2 * Number(rocks);
  };
  const reads = (preset: Preset): number => Number(preset.formats.includes(facts.ref.format));
  const circles = ({ sampleCircles, detectorCircles }: Preset): number => sampleCircles.length + detectorCircles.length;
  const best = candidates.toSorted((a, b) => score(b) - score(a) || reads(b) - reads(a) || circles(b) - circles(a))[0];
  if (best && score(best) > 0) return best;
  // A scan that says nothing of where it was measured is what the generic preset is for, unless one beamline alone writes like that.
  return generic?.formats.includes(facts.ref.format) ? generic : best;
}
