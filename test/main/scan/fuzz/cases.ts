import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { encodeNpy, encodeNpz } from '@main/files/npy';
import { readerOf } from '@main/scan/readers';
import { writeTree } from '../../../helpers/hdf5';
import { fixture } from '../../../support/fixtures';
import { edf } from '../../../helpers/writers/spec-edf';
import { writeDataset } from '../write-bliss';
import { HEADER, specScan, tiff, writeFrames } from '../write-spec';

/** What a count, a size or an address may say that nobody has thought of. */
const EXTREMES = [0n, 1n, 0xffn, 0x7fffn, 0xffffn, 0x7fffffffn, 0xffffffffn, 0x7fffffffffffffffn, 0xffffffffffffffffn];
const WORDS = ['1e999', '-1', '99999999999999999999', 'NaN', '', '{}', '[]', 'null', '"', '\u0000', '../../..', '0x10'];

/** Puts another number, or none, where a text has one. */
function renumber(bytes: Buffer, below: (limit: number) => number): Buffer {
  const numbers = [...bytes.toString('latin1').matchAll(/\d[\d.eE+-]*/g)];
  const found = numbers[below(Math.max(1, numbers.length))];
  if (!found) return bytes;
  const [before, behind] = [bytes.subarray(0, found.index), bytes.subarray(found.index + found[0].length)];
  return Buffer.concat([before, Buffer.from(WORDS[below(WORDS.length)]!, 'latin1'), behind]);
}

/**
 * Damages a file: bits flipped, bytes overwritten with extreme values, pieces cut, doubled or zeroed; and as its format is built: fields of
 * 2, 4 and 8 bytes at their own places made extreme, numbers in its text replaced.
 */
export function mutate(bytes: Buffer, below: (limit: number) => number): Buffer {
  const out = Buffer.from(bytes);
  for (let n = 1 + below(3); n > 0; n--) {
    const at = below(out.length);
    const length = Math.min(1 + below(64), out.length - at);
    switch (below(8)) {
      case 0:
        out[at]! ^= 1 << below(8);
        break;
      case 1:
        out.fill([0, 0xff, 0x7f, 0x80][below(4)]!, at, at + Math.min(length, 8));
        break;
      case 2:
        return Buffer.concat([out.subarray(0, at), out.subarray(at + length)]);
      case 3:
        return Buffer.concat([out.subarray(0, at), out.subarray(at, at + length), out.subarray(at)]);
      case 4:
        return out.subarray(0, at);
      case 5: {
        const width = [2, 4, 8][below(3)]!;
        const place = width * Math.floor(at / width);
        if (place + width > out.length) break;
        const field = Buffer.alloc(8);
        field.writeBigUInt64LE(EXTREMES[below(EXTREMES.length)]!);
        field.copy(out, place, 0, width);
        break;
      }
      case 6:
        return renumber(out, below);
      default:
        out.copyWithin(at, below(out.length), out.length);
    }
  }
  return out;
}

/**
 * Lists and reads everything in a source; tells whether it was read or refused, anything else is thrown.
 * @param listed told when it was listed
 */
export function survive(format: FormatName, path: string, listed: () => void = () => undefined): 'read' | 'refused' {
  const reader = readerOf(format);
  try {
    const scans = reader.list(path);
    listed();
    for (const { ref } of scans) {
      const source = reader.open(ref);
      try {
        source.read(0, source.facts.framesPresent);
      } finally {
        source.close();
      }
    }
    return 'read';
  } catch (error) {
    if (error instanceof BraggwatchError && error.code !== 'internal') return 'refused';
    throw error;
  }
}

/** The file that is damaged in each round, and the source that is then listed. */
interface Target {
  readonly damaged: string;
  readonly source: string;
}
/** A SPEC file of three points with an image each. */
function writeSmallEdf(folder: string): string {
  mkdirSync(join(folder, 'mpx'));
  for (const n of [3, 4, 5]) writeFileSync(join(folder, `mpx/a_0000${n}.edf`), edf(new Uint32Array(12).fill(n), 3, 4));
  const path = join(folder, 'a.spec');
  const lines = ['#F a.spec', '#O0 del  eta  nrj', '', '#S 1 ascan eta 0 2 2 1', '#P0 30 0 9'];
  const more = ['#ULIMA_mpx4 /data/id01/mpx/a_00003.edf', '#N 2', '#L eta  mpx4inr', '0 3', '1 4', '2 5', ''];
  writeFileSync(path, [...lines, ...more].join('\n'));
  return path;
}

const GEOMETRY = JSON.stringify({
  energyEv: 9000,
  distanceM: 0.5,
  directBeam: [8, 8],
  detectorPixelM: [55e-6, 55e-6],
  positions: { eta: [1, 1.1, 1.2], delta: 30 },
  hkl: [1, 1, 1],
});

export const targets: readonly (readonly [string, FormatName, (folder: string) => Target])[] = [
  [
    'npy',
    'npz',
    (folder) => {
      const path = join(folder, 'a.npy');
      writeFileSync(path, encodeNpy({ shape: [3, 4, 5], data: new Uint16Array(60).fill(3) }));
      return { damaged: path, source: path };
    },
  ],
  [
    'CXI',
    'cxi',
    (folder) => {
      const path = join(folder, 'a.cxi');
      writeFileSync(join(folder, 'a.geometry.json'), GEOMETRY);
      writeTree(path, (tree) => tree.array('/entry_1/data_1/data', new Uint32Array(3 * 16 * 17).fill(7), [3, 16, 17]));
      return { damaged: path, source: path };
    },
  ],
  [
    'geometry file',
    'npz',
    (folder) => {
      const path = join(folder, 'a.npy');
      writeFileSync(path, encodeNpy({ shape: [3, 4, 5], data: new Uint16Array(60).fill(3) }));
      writeFileSync(join(folder, 'a.geometry.json'), GEOMETRY);
      return { damaged: join(folder, 'a.geometry.json'), source: path };
    },
  ],
  [
    'soleil',
    'hdf5',
    (folder) => {
      const path = join(folder, 'a_ascan_mu_00001.nxs');
      writeTree(path, (tree) => {
        tree.put('/com/SIXS/i14-c-c02-op-mono/energy', 9);
        tree.put('/com/scan_data/actuator_1_1', Float64Array.of(1, 1.1, 1.2));
        tree.array('/com/scan_data/data_01', new Uint32Array(3 * 16 * 17).fill(7), [3, 16, 17], {
          long_name: 'a/b/merlin',
        });
      });
      return { damaged: path, source: path };
    },
  ],
  [
    'nexus',
    'hdf5',
    (folder) => {
      const path = join(folder, 'a_master.h5');
      writeTree(path, (tree) => {
        tree.group('/entry', { NX_class: 'NXentry' });
        tree.group('/entry/instrument', { NX_class: 'NXinstrument' });
        tree.put('/entry/sample/goniometer/omega', Float64Array.of(1, 1.1, 1.2));
        tree.array('/entry/data/data', new Uint32Array(3 * 16 * 17).fill(7), [3, 16, 17]);
      });
      return { damaged: path, source: path };
    },
  ],
  [
    'fio',
    'fio',
    (folder) => {
      const path = join(folder, 'a_00001.fio');
      const table = ['%d', ' Col 1 om DOUBLE', ' 1.0', ' 1.1', ' 1.2', ''].join('\n');
      writeFileSync(path, `!\n! Comments\n%c\nascan om 1 1.2 2 1\n!\n! Parameter\n%p\n phi = 3\n!\n! Data\n${table}`);
      const data = new Uint32Array(3 * 4 * 5).fill(7);
      writeTree(join(folder, 'e4m/a_00001_data_000001.h5'), (tree) => tree.array('/entry/data/data', data, [3, 4, 5]));
      return { damaged: path, source: path };
    },
  ],
  [
    'srs',
    'srs',
    (folder) => {
      const path = join(folder, '7.dat');
      const header = [
        ' &SRS',
        ' SRSRUN=7,SRSDAT=20250922,',
        "cmd='scan eta 1 1.2 0.1 pil 1'",
        "pil_path_template='pil/%05d.tif'",
        'phi=3',
      ];
      writeFileSync(path, [...header, ' &END', 'eta\tic1', '1.0\t5', '1.1\t5', '1.2\t5', ''].join('\n'));
      mkdirSync(join(folder, 'pil'));
      for (const n of [1, 2, 3])
        writeFileSync(join(folder, `pil/0000${n}.tif`), tiff(new Int32Array(20).fill(7), 4, 5));
      return { damaged: path, source: path };
    },
  ],
  [
    'npz',
    'npz',
    (folder) => {
      const path = join(folder, 'a.npz');
      const data = { shape: [3, 4, 5], data: new Uint16Array(60).fill(3) };
      writeFileSync(path, encodeNpz({ data, mask: data }));
      return { damaged: path, source: path };
    },
  ],
  [
    'tiff',
    'spec-tiff',
    (folder) => {
      writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(3, 2));
      const source = writeFrames(join(folder, 'demo_S0003'), 2);
      return { damaged: join(source, 'demo_S0003_00000.tif'), source };
    },
  ],
  [
    'spec',
    'spec-tiff',
    (folder) => {
      writeFileSync(join(folder, 'demo.spec'), HEADER + specScan(2, 2) + specScan(3, 3));
      return { damaged: join(folder, 'demo.spec'), source: writeFrames(join(folder, 'demo_S0003'), 3) };
    },
  ],
  ...['plain.mat', 'packed.mat'].map((name): (typeof targets)[number] => [
    `MAT (${name})`,
    'mat',
    (folder) => {
      const path = join(folder, name);
      copyFileSync(fixture('mat', name), path);
      return { damaged: path, source: path };
    },
  ]),
  [
    'EDF',
    'spec-edf',
    (folder) => {
      const source = writeSmallEdf(folder);
      return { damaged: join(folder, 'mpx/a_00003.edf'), source };
    },
  ],
  [
    'SPEC file with images',
    'spec-edf',
    (folder) => {
      const source = writeSmallEdf(folder);
      return { damaged: source, source };
    },
  ],
  [
    'BLISS master',
    'bliss',
    (folder) => {
      const path = writeDataset(folder);
      return { damaged: path, source: path };
    },
  ],
  [
    'Lima file',
    'bliss',
    (folder) => {
      const source = writeDataset(folder);
      return { damaged: join(folder, 'scan0001/mpx1x4_0000.h5'), source };
    },
  ],
];
