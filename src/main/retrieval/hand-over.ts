import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HC_EV_ANGSTROM } from '@core/geometry/q';
import type { Vec3 } from '@core/math/vector';
import { dilateBall } from '@core/phase/morphology';
import { onDetector } from '@core/phase/on-detector';
import { encodeNpy, encodeNpz, type NpyArray } from '@main/files/npy';
import { encodeTiff } from '@main/files/tiff';
import { replaceFile } from '@main/files/writing';
import type { DetectorPart, ReducedRecord } from '@main/nexus/record';

/** Programs for a careful reconstruction, which a scan can be handed over to. */
export const receivers = ['pynx', 'cohere', 'cdiutils'] as const;
export type Receiver = (typeof receivers)[number];

/** A scan as it is handed over: its counts in the detector's frames, and the body within them. */
export interface HandOver {
  readonly name: string;
  readonly number: number;
  readonly source: string;
  readonly part: DetectorPart;
  /** Like the part's counts, 1 = crystal. */
  readonly support: Uint8Array;
  readonly hkl: Vec3 | null;
}

/** Voxels of the retrieval by which the body is widened: a support may shrink, and should not cut. */
const LOOSE = 2;

/**
 * @param record reduced with its detector's counts
 * @param body that retrieval found, on the record's volume
 * @throws RangeError where the reduction was not asked for the counts
 */
export function handOverOf(record: ReducedRecord, body: Uint8Array): HandOver {
  const { facts, volume, detector, hkl } = record;
  if (!detector) throw new RangeError('reduced without its counts');
  const loose = dilateBall(body, volume.shape, LOOSE);
  const { name, ref } = facts;
  return {
    name,
    number: ref.number,
    source: ref.source,
    part: detector,
    support: onDetector(loose, volume, detector),
    hkl,
  };
}

/**
 * Writes what a program starts from, each file whole or not at all.
 * @returns the paths
 * @throws BraggwatchError disk-full
 */
export function writeHandOver(folder: string, to: Receiver, scan: HandOver): string[] {
  const files = { ...{ pynx, cohere, cdiutils }[to](scan, folder), 'geometry.json': geometryOf(scan) };
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    return path;
  });
}

type Files = Record<string, string | Uint8Array>;

const arrayOf = ({ part: { shape } }: HandOver, data: NpyArray['data']): NpyArray => ({ shape: [...shape], data });
const metres = (energyEv: number): number => (HC_EV_ANGSTROM / energyEv) * 1e-10;

/** Counts, 0 where nothing was measured, since the mask says so. */
const measured = ({ part: { counts, mask } }: HandOver): Float32Array =>
  counts.map((value, v) => (mask[v] === 0 ? value : 0));

/** `pynx-cdi-id01 pynx-cdi-inputs.txt` in the folder: PyNX's parameters, and arrays of the names that cdiutils gives them. */
function pynx(scan: HandOver): Files {
  const { energyEv, distanceM, pixelM } = scan.part;
  const named = (what: string): string => `S${scan.number}_pynx_input_${what}.npz`;
  const parameters = {
    data: named('data'),
    mask: named('mask'),
    support: named('support'),
    data2cxi: 'True',
    auto_center_resize: 'False',
    support_threshold: '0.15, 0.40',
    support_only_shrink: 'False',
    support_update_period: 20,
    support_smooth_width_begin: 2,
    support_smooth_width_end: 0.5,
    psf: 'pseudo-voigt,1,0.05,20',
    nb_raar: 500,
    nb_hio: 300,
    nb_er: 200,
    nb_ml: 0,
    nb_run: 20,
    nb_run_keep: 10,
    zero_mask: 'False',
    crop_output: 0,
    positivity: 'False',
    beta: 0.9,
    detwin: 'False',
    rebin: '1, 1, 1',
    detector_distance: distanceM,
    pixel_size_detector: pixelM[0],
    wavelength: metres(energyEv),
    verbose: 100,
    output_format: 'cxi',
    live_plot: 'False',
  };
  return {
    'pynx-cdi-inputs.txt': Object.entries(parameters)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
    [parameters.data]: encodeNpz({ data: arrayOf(scan, measured(scan)) }),
    [parameters.mask]: encodeNpz({ mask: arrayOf(scan, scan.part.mask) }),
    [parameters.support]: encodeNpz({ support: arrayOf(scan, scan.support) }),
  };
}

/** The same in the folder where cdiutils' `phase_retrieval` and `analyse_phasing_results` look for it. */
const cdiutils = (scan: HandOver): Files =>
  Object.fromEntries(Object.entries(pynx(scan)).map(([name, content]) => [`pynx_phasing/${name}`, content]));

/**
 * An experiment of cohere: amplitudes in `phasing_data/data.tif`, and the support, from which a reconstruction that continues begins, in cohere's own order
 * of the axes, which is that of the TIFF turned about. It knows no mask: what was not measured is filled.
 */
function cohere(scan: HandOver, folder: string): Files {
  const { shape, counts } = scan.part;
  const [frames, rows, cols] = shape;
  const turned = new Float64Array(scan.support.length);
  for (let i = 0, v = 0; i < frames; i++)
    for (let j = 0; j < rows; j++)
      for (let k = 0; k < cols; k++, v++) turned[(k * rows + j) * frames + i] = scan.support[v]!;
  const lines = (values: Readonly<Record<string, string>>): string =>
    Object.entries(values)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join('');
  const text = (value: string): string => JSON.stringify(value);
  return {
    'conf/config': lines({
      working_dir: text(dirname(folder)),
      experiment_id: text(scan.name),
      scan: text(String(scan.number)),
    }),
    'conf/config_rec': lines({
      processing: text('auto'),
      init_guess: text('continue'),
      continue_dir: text(join(folder, 'guess')),
      reconstructions: '1',
      algorithm_sequence: text('3*(20*ER+180*HIO)+20*ER'),
      hio_beta: '0.9',
      shrink_wrap_trigger: '[10, 5]',
      shrink_wrap_type: text('GAUSS'),
      shrink_wrap_threshold: '0.1',
      shrink_wrap_gauss_sigma: '1.0',
      progress_trigger: '[0, 20]',
    }),
    'phasing_data/data.tif': encodeTiff(
      [frames, rows, cols],
      counts.map((value) => Math.sqrt(Math.max(0, value))),
    ),
    'guess/support.npy': encodeNpy({ shape: [cols, rows, frames], data: turned }),
  };
}

/** Where the counts lie in Q, in the sample frame (x downstream, y outboard, z up). */
function geometryOf({ name, source, part, hkl }: HandOver): string {
  const { shape, first, affine, energyEv, distanceM, pixelM } = part;
  const facts = {
    scan: name,
    source,
    hkl,
    energy_ev: energyEv,
    wavelength_m: metres(energyEv),
    distance_m: distanceM,
    pixel_m: pixelM,
    shape,
    first,
    q_index: affine.index,
    q_inv_angstrom: affine.q,
    q_by_index: affine.jacobian,
    frame:
      'sample: x downstream, y outboard, z up; q_by_index: one column per frame, row, column; q_index and first in the indices of the scan',
  };
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}
