import { basename, extname } from 'node:path';
import { BraggwatchError, warning } from '@contract/errors';
import { cdiutilsFacts, cdiutilsFrames, cdiutilsMask } from './cxi/cdiutils';
import { whatItIs } from './describe';
import { isUnmarked } from './formats';
import { findGeometry } from './geometry-file';
import { withGeometry } from './given';
import type { Hdf5File } from '@main/hdf5/file';
import { isImageStack, openFrames, type FrameStack } from '@main/hdf5/frames';
import { othersOf } from './beside';
import { filledFrames, framesFrom } from './filled';
import type { FilePool } from '@main/hdf5/link';
import { maskOf, maximumOf, type Masks } from './mask';
import { checkPositions, pairedFromFirst } from './pairing';
import { volumeInHdf5 } from './orthogonal/hdf5';
import { volumeFacts, volumeSource } from './orthogonal/source';
import type { FoundVolume } from './orthogonal/volume';
import { askFiles, openStacked } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const DETECTOR = 'entry_1/instrument_1/detector_1';
const JOULE_IN_EV = 1 / 1.602176634e-19;
const HC_EV_METRE = 1.2398419843320026e-6;

/** Where a CXI file keeps its counts: the detector's own data first, else what `data_1` links to. */
function findFrames(pool: FilePool, file: Hdf5File): FrameStack {
  const path = framesAt(file);
  if (path === undefined)
    throw new BraggwatchError('scan-empty', `${file.path} is ${whatItIs(file)}; no counts in ${DETECTOR}/data`);
  return openFrames(pool, file, path);
}

const framesAt = (file: Hdf5File): string | undefined =>
  [`${DETECTOR}/data`, 'entry_1/data_1/data'].find((place) => {
    const info = file.info(place);
    return file.externalLink(place) !== undefined || (info?.numeric && isImageStack(info.shape));
  }) ?? cdiutilsFrames(file);

/** Energy in eV: CXI wants joules, some programs write electronvolts. */
function readEnergy(file: Hdf5File): number | undefined {
  const wavelength = file.number('entry_1/instrument_1/beam_1/incident_wavelength');
  const energy =
    file.number('entry_1/instrument_1/source_1/energy') ?? file.number('entry_1/instrument_1/beam_1/incident_energy');
  const candidates = [energy && (energy < 1 ? energy * JOULE_IN_EV : energy), wavelength && HC_EV_METRE / wavelength];
  return candidates.find((value): value is number => value !== undefined && value >= 1000 && value <= 200_000);
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

const TRANSLATION = ['translation_x', 'translation_y', 'translation_z'];

/** CXI's place of the sample: [x, y, z] in metres; of one for each frame, the first. */
function readTranslation(file: Hdf5File): Record<string, number> {
  const values = file.numbers('entry_1/sample_1/geometry_1/translation');
  if (!values || values.length === 0 || values.length % 3 !== 0) return {};
  return Object.fromEntries(TRANSLATION.map((name, axis) => [name, values[axis]!]));
}

function factsAbout(file: Hdf5File, frames: FrameStack): ScanFacts {
  const source = file.path;
  const filled = filledFrames(framesFrom(frames), frames.available);
  const empty = frames.allocated - filled;
  const name = basename(source, extname(source));
  const energyEv = readEnergy(file);
  const distanceM = positive(Math.abs(file.number(`${DETECTOR}/distance`) ?? 0));
  const rows = positive(file.number(`${DETECTOR}/y_pixel_size`));
  const cols = positive(file.number(`${DETECTOR}/x_pixel_size`));
  const sample = file.text('entry_1/sample_1/name');
  const own = cdiutilsFrames(file) === undefined ? undefined : cdiutilsFacts(file);
  // PyNX writes placeholders where nobody told it energy and distance (FORMATS section 7).
  const doubtful = !own && (energyEv !== undefined || distanceM !== undefined);
  const startedAt = file.text('entry_1/start_time');
  const facts: ScanFacts = {
    ref: { format: 'cxi', source, number: 1 },
    name,
    title: file.text('entry_1/title') ?? name,
    framesExpected: frames.allocated,
    framesPresent: filled,
    ...(empty > 0 && { framesEmpty: empty }),
    whole: filled > 0 && empty === 0 && frames.missing.length === 0,
    unmarked: isUnmarked('cxi'),
    ...(startedAt && { startedAt }),
    beside: othersOf(frames.files, source),
    missing: frames.missing.map(({ missing }) => missing),
    frameShape: frames.shape,
    warnings: doubtful ? [warning('record-doubtful')] : [],
    ...(energyEv !== undefined && { energyEv }),
    ...(distanceM !== undefined && { distanceM }),
    ...(rows !== undefined && cols !== undefined && { pixelM: [rows, cols] as const }),
    ...(sample && { sample }),
    ...own,
    positions: { ...readTranslation(file), ...own?.positions },
  };
  return pairedFromFirst(withGeometry(facts, findGeometry(source)), frames.allocated, true);
}

/**
 * Bits of a mask that say something of a pixel which counts all the same, as CXI numbers them: within a peak's mask, corrected for an
 * artifact, of a peak, background subtracted, with signal.
 */
const COUNTING_BITS = 0x20 | 0x800 | 0x2000 | 0x4000 | 0x10000;

/** `mask` is frames x rows x cols or rows x cols, 1 = masked as PyNX writes it, or of CXI's bits. */
function readMask(file: Hdf5File, { framesPresent, frameShape }: ScanFacts, frames: number): Masks {
  const path = [`${DETECTOR}/mask`, ...(cdiutilsFrames(file) === undefined ? [] : cdiutilsMask)].find((place) => {
    const found = file.info(place);
    return found?.numeric === true && found.shape.length >= 2;
  });
  const info = path === undefined ? undefined : file.info(path);
  if (path === undefined || !info) return {};
  const values = file.read(path, 0, info.shape[0]!);
  const masked = maximumOf(values) === undefined ? values : values.map((value: number) => value & ~COUNTING_BITS);
  return maskOf(masked, info.shape, [frames, ...frameShape], framesPresent);
}

/** A gridded volume with its axes, where there are no detector frames: those tell more. */
const volumeIn = (file: Hdf5File): FoundVolume | undefined =>
  framesAt(file) === undefined ? volumeInHdf5(file, findGeometry(file.path)) : undefined;

const list = (source: string): readonly ScanFacts[] =>
  askFiles((pool) => {
    const file = pool.open(source);
    const found = volumeIn(file);
    if (found) return [volumeFacts({ format: 'cxi', source, number: 1 }, found, findGeometry(source))];
    return [factsAbout(file, findFrames(pool, file))];
  });

function open(ref: ScanRef): ScanSource {
  if (ref.number !== 1) throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; there is 1`);
  const found = askFiles((pool) => volumeIn(pool.open(ref.source)));
  if (found) return volumeSource(volumeFacts(ref, found, findGeometry(ref.source)), found);
  return openStacked((pool) => {
    const file = pool.open(ref.source);
    const frames = findFrames(pool, file);
    const facts = factsAbout(file, frames);
    checkPositions(facts, frames.allocated);
    return { facts, frames, masks: readMask(file, facts, frames.allocated) };
  });
}

/** CXI files of detector frames, with a geometry file beside them for the circles that CXI does not record (FORMATS section 7). */
export const cxiReader: ScanReader = {
  format: 'cxi',
  list,
  open,
};
