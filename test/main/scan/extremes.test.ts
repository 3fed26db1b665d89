import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { nameInFiles } from '@main/beamtime/identity';
import { encodeNpy } from '@main/files/npy';
import { readerOf } from '@main/scan/readers';
import { writeTree } from '../../helpers/hdf5';
import { temporaryFolder } from '../../support/build';
import { errorCode } from './error-code';
import { targets } from './fuzz/cases';
import { writeFrames } from './write-spec';

/** A file's name may have 255 bytes: nothing can be named behind it. */
const longest = (ending: string): string => 'n'.repeat(255 - ending.length) + ending;

/** What becomes of a source: how many scans, or the code of the catalogue with which it is refused. */
function listed(format: FormatName, path: string): number | string {
  try {
    return readerOf(format).list(path).length;
  } catch (error) {
    if (error instanceof BraggwatchError) return error.code;
    throw error;
  }
}

describe('a source whose name has 255 bytes', () => {
  it.each(targets.filter(([name]) => !/geometry|Lima|tiff|^spec$/.test(name)))('%s', (_name, format, make) => {
    const folder = temporaryFolder();
    const { source } = make(folder);
    const path = join(folder, longest(/\.\w+$/.exec(source)?.[0] ?? ''));
    writeFileSync(path, readFileSync(source));
    const found = listed(format, path);
    expect(found).not.toBe('internal');
    // As it is under a short name, or what lay beside that one is not found.
    expect([listed(format, source), 'frames-missing', 'points-mismatch', 'scan-unreadable']).toContain(found);
  });

  it('a folder of frames', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, longest('_S0003')));
    expect(listed('spec-tiff', writeFrames(join(folder, longest('_S0003')), 2))).not.toBe('internal');
  });

  it('is cut where it becomes part of the name of a result', () => {
    expect(nameInFiles(`${'é=;'.repeat(80)}.h5`)).toMatch(/^[\w.-]{1,150}$/);
    expect(nameInFiles('S0054 #1')).toBe('S0054_1');
  });
});

it('a file that the system refuses is said to be unreadable, or gone, and is no mistake of ours', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.npy');
  mkdirSync(path);
  for (const format of ['npz', 'mat', 'fio', 'bliss', 'cxi', 'spec-edf'] as const) {
    expect(errorCode(() => readerOf(format).list(path))).not.toBe('internal');
    expect(errorCode(() => readerOf(format).list(join(folder, 'nowhere', 'a.npy')))).not.toBe('internal');
    expect(errorCode(() => readerOf(format).list(join(folder, longest('.npyy'), 'a')))).not.toBe('internal');
  }
});

it('a file of 20 000 groups is listed', () => {
  const path = join(temporaryFolder(), 'many.h5');
  writeTree(path, (tree) => {
    for (let n = 1; n <= 20_000; n++) tree.group(`/${n}.1`, { NX_class: 'NXentry' });
  });
  expect(listed('bliss', path)).toBe(20_000);
}, 120_000);

it.each(['1e6 x 1e5 x 1e5 values', 'as many as a number can say'])('an array that claims %s is refused', (what) => {
  const shape = what.startsWith('1e6') ? [1e6, 1e5, 1e5] : [2 ** 52, 2 ** 52, 2 ** 52];
  const path = join(temporaryFolder(), 'a.npy');
  const real = Buffer.from(encodeNpy({ shape: [3, 4, 5], data: new Uint32Array(60) }));
  const header = real.subarray(10, real.length - 240).toString('latin1');
  const claim = header.replace('(3, 4, 5)', `(${shape.join(', ')})`).replace(/ *\n$/, '');
  const text = `${claim.padEnd(header.length + 117)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  writeFileSync(path, Buffer.concat([real.subarray(0, 8), length, Buffer.from(text), real.subarray(-240)]));
  expect(errorCode(() => readerOf('npz').list(path))).toBe('scan-unreadable');
});
