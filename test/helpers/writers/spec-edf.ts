import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measured } from '../truth';

/** A frame as Lima saves it: a header in braces of 512 bytes, then the counts. */
export function edf(counts: Uint32Array | Int32Array | Uint16Array | Float32Array, rows: number, cols: number): Buffer {
  const type =
    counts instanceof Float32Array
      ? 'FloatValue'
      : counts instanceof Int32Array
        ? 'SignedInteger'
        : counts instanceof Uint16Array
          ? 'UnsignedShort'
          : 'UnsignedInteger';
  const lines = [
    'HeaderID = EH:000001:000000:000000',
    'ByteOrder = LowByteFirst',
    `DataType = ${type}`,
    `Size = ${counts.byteLength}`,
    `Dim_1 = ${cols}`,
    `Dim_2 = ${rows}`,
  ];
  const text = `{\n${lines.map((line) => `${line} ;\n`).join('')}`;
  return Buffer.concat([Buffer.from(`${text.padEnd(510)}}\n`), Buffer.from(counts.buffer)]);
}

export interface SpecEdfOptions {
  /** Lines before the first scan, and of the scan itself. */
  readonly header?: readonly string[];
  readonly lines?: readonly string[];
  /** Motors that stand still, by the names that the file has for them. */
  readonly motors: Readonly<Record<string, number>>;
  /** Name of the scanned motor in the command and in the table. */
  readonly scanned: readonly [string, string];
  /** Column of the image numbers, and an image's path below the SPEC file's folder. */
  readonly column: string;
  readonly image: (number: number) => string;
  /** Number of the first image. */
  readonly first?: number;
  /** All frames in the first image's file. */
  readonly stack?: boolean;
}

/** A SPEC file with one scan, its images in folders of their own. */
export function writeSpecEdf(folder: string, truth: Measured, options: SpecEdfOptions): string {
  const { positions, frame } = truth;
  const { frames, shape } = truth.instrument;
  const { motors, scanned, column, image, first = 37, header = [], lines = [], stack = false } = options;
  const save = (number: number, bytes: Buffer): void => {
    const path = join(folder, image(number));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith('.gz') ? gzipSync(bytes, { level: 1 }) : bytes);
  };
  const images = Array.from({ length: frames }, (_, f) => edf(frame(f), ...shape));
  if (stack) save(first, Buffer.concat(images));
  else images.forEach((bytes, f) => save(first + f, bytes));
  const [mnemonic, label] = scanned;
  const all = Object.entries({ ...motors, [mnemonic]: positions[0]! });
  const text = [
    '#F /tmp/pt.spec',
    '#E 1467300000',
    '#D Thu Jun 30 14:00:00 2016',
    `#O0 ${all.map(([name]) => name).join('  ')}`,
    ...header,
    '',
    `#S 12  ascan  ${mnemonic} ${positions[0]} ${positions.at(-1)}  ${frames - 1} 1`,
    '#D Thu Jun 30 14:10:00 2016',
    `#P0 ${all.map(([, value]) => value).join(' ')}`,
    ...lines,
    '#N 3',
    `#L ${label}  exp1  ${column}`,
    ...Array.from(positions, (at, f) => `${at} 100000 ${first + f}`),
    '',
  ];
  const path = join(folder, 'pt.spec');
  writeFileSync(path, text.join('\n'));
  return path;
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** ID01 with its Lima detectors: images in `data`, their place and the calibration in the scan's lines. */
export function writeId01Spec(folder: string, truth: Measured, stack = false): string {
  const { instrument, still } = truth;
  const { delta = 0, ...others } = still;
  const { energyEv, distanceM, beam, rocks } = instrument;
  const image = (number: number): string => `data/data_mpx4_${pad(number, 5)}.edf.gz`;
  const place = '/data/id01/inhouse/pt/data';
  return writeSpecEdf(folder, truth, {
    motors: { ...others, del: delta, nrj: energyEv / 1000 },
    scanned: [rocks, rocks],
    column: stack ? 'imgnr' : 'mpx4inr',
    image,
    stack,
    lines: [
      `#UMONO mono=dcm,mononrj=${energyEv / 1000}keV,monoth=12.705deg`,
      `#UDETCALIB cen_pix_x=${beam[1]},cen_pix_y=${beam[0]},pixperdeg=182.536,det_distance_CC=0.6,det_distance_COM=${distanceM},timestamp=2016-06-30T14:00:00`,
      stack
        ? `#C imageFile dir[${place}] prefix[data_mpx4_] idxFmt[%05d] nextNr[37] suffix[.edf.gz]`
        : `#ULIMA_mpx4 ${place}/data_mpx4_00037.edf.gz`,
    ],
  });
}

/** BM02: plain EDF, nothing in the file but the images' numbers. */
export function writeBm02(folder: string, truth: Measured): string {
  const { rocks, energyEv } = truth.instrument;
  return writeSpecEdf(folder, truth, {
    motors: { ...truth.still, Emono: energyEv / 1000 },
    scanned: [rocks, rocks],
    column: 'img',
    image: (number) => `pt_${pad(number, 4)}.edf`,
  });
}
