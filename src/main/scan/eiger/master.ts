import { HC_EV_ANGSTROM } from '@core/geometry/q';
import { join } from 'node:path/posix';
import { openFrames, type FrameStack } from '@main/hdf5/frames';
import type { Hdf5File } from '@main/hdf5/file';
import type { FilePool } from '@main/hdf5/link';
import { joinFrames } from '@main/hdf5/series';
import { maskOf, type Masks } from '../mask';
import { inAngstrom, lengthAt } from '../nexus/chain';
import type { ScanFacts } from '../types';

/** Names of a detector's files in a master, in the order of its frames. */
const part = /^data_\d{1,9}$/;

/** The stacks that a master of a Dectris detector names: one for each of its files. */
export function masterParts(pool: FilePool, file: Hdf5File, entry = '/entry'): readonly FrameStack[] {
  const group = join(entry, 'data');
  const names = file.keys(group).filter((name) => part.test(name));
  if (names.length > 0) return names.sort().map((name) => openFrames(pool, file, join(group, name)));
  const own = join(group, 'data');
  return file.info(own) || file.externalLink(own) ? [openFrames(pool, file, own)] : [];
}

/** All frames of a master, one file after the other. */
export const masterFrames = (pool: FilePool, file: Hdf5File, entry?: string): FrameStack =>
  joinFrames(masterParts(pool, file, entry));

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;

/** What a master records of detector and beam, in Dectris' and NXmx' names; zeros are what nobody filled in. */
export function masterFacts(
  file: Hdf5File,
  detector = '/entry/instrument/detector',
): Pick<ScanFacts, 'energyEv' | 'distanceM' | 'pixelM' | 'directBeam' | 'saturation'> {
  const number = (name: string): number | undefined => file.number(join(detector, name));
  const wavelength = positive(
    inAngstrom(file, join(detector, '../beam/incident_wavelength')) ??
      inAngstrom(file, join(detector, '../../sample/beam/incident_wavelength')),
  );
  const energyEv =
    wavelength === undefined ? positive(number('detectorSpecific/photon_energy')) : HC_EV_ANGSTROM / wavelength;
  const length = (name: string): number | undefined => positive(lengthAt(file, join(detector, name)));
  const distance = length('detector_distance') ?? length('distance');
  const [rows, cols] = [length('y_pixel_size'), length('x_pixel_size')];
  const [row, col] = [positive(number('beam_center_y')), positive(number('beam_center_x'))];
  const saturation = positive(
    number('saturation_value') ?? number('detectorSpecific/countrate_correction_count_cutoff'),
  );
  return {
    ...(energyEv !== undefined && { energyEv }),
    ...(distance !== undefined && { distanceM: distance > 20 ? distance / 1000 : distance }),
    ...(rows !== undefined && cols !== undefined && { pixelM: [rows, cols] as const }),
    ...(row !== undefined && col !== undefined && { directBeam: [row, col] as const }),
    ...(saturation !== undefined && { saturation }),
  };
}

/** Pixels that the detector itself leaves out, whatever bit says why. */
export function masterMask(
  file: Hdf5File,
  facts: Pick<ScanFacts, 'framesPresent' | 'frameShape'>,
  detector = '/entry/instrument/detector',
): Masks {
  for (const name of ['pixel_mask', 'detectorSpecific/pixel_mask']) {
    const path = join(detector, name);
    const info = file.info(path);
    if (!info?.numeric || info.shape.length !== 2) continue;
    return maskOf(file.read(path, 0, info.shape[0]!), info.shape, [facts.framesPresent, ...facts.frameShape]);
  }
  return {};
}
