import { HC_EV_ANGSTROM } from '@core/geometry/q';
import type { ScanFacts } from '../types';
import { first } from './lines';

const KEV = 1000;
type Calibration = Pick<ScanFacts, 'energyEv' | 'distanceM' | 'directBeam' | 'instrument'>;

/** `name=value` pairs of one of ID01's lines. */
const pairs = (line: string | undefined): ReadonlyMap<string, number> =>
  new Map([...(line ?? '').matchAll(/(\w+)=([-+.\deE]+)/g)].map(([, name = '', value]) => [name, Number(value)]));

/** Metres; some periods noted millimetres, or the other sign. */
const metres = (value: number): number => (Math.abs(value) > 20 ? Math.abs(value) / 1000 : Math.abs(value));

/** What names an ESRF beamline: a folder of its file system, or the account that SPEC ran under. */
const beamline = /(?:[\\/]|\bop)((?:id|bm)\d\d)(?=[\\/]|\b)/i;

/** Energy of the wavelength that four- and six-circle geometries keep as the fourth value of `#G4`, angstrom. */
function energyOf(line: string | undefined): number | undefined {
  const wavelength = Number(line?.split(/\s+/)[3]);
  return wavelength > 0.05 && wavelength < 15 ? HC_EV_ANGSTROM / wavelength : undefined;
}

/**
 * What a SPEC file records beside its motors: ID01's `#UMONO` (energy) and `#UDETCALIB` (direct beam, distance), the wavelength of
 * `#G4`, and whose file it is.
 * @param texts the scan's lines, its file's header: the earlier wins
 * @param folder of the images, as the scan names it
 */
export function calibrationOf(texts: readonly string[], folder: readonly string[]): Calibration {
  const line = (mark: string): string | undefined =>
    texts.map((text) => first(text, mark)).find((found) => found !== undefined);
  const mono = pairs(line('UMONO')).get('mononrj') ?? 0;
  const energyEv = mono > 0 ? mono * KEV : energyOf(line('G4'));
  const detector = pairs(line('UDETCALIB'));
  const distanceM = metres(detector.get('det_distance_COM') ?? detector.get('det_distance_CC') ?? 0);
  const [row, col] = [detector.get('cen_pix_y') ?? NaN, detector.get('cen_pix_x') ?? NaN];
  const places = [
    folder.map((name) => `/${name}`).join(''),
    ...texts.flatMap((text) => text.match(/^#[FC] .*$/gm) ?? []),
  ];
  const instrument = places.map((place) => beamline.exec(`${place} `)?.[1]).find((name) => name !== undefined);
  return {
    ...(energyEv !== undefined && { energyEv }),
    ...(distanceM > 0.02 && { distanceM }),
    ...(Number.isFinite(row + col) && (row !== 0 || col !== 0) && { directBeam: [row, col] as const }),
    ...(instrument !== undefined && { instrument }),
  };
}
