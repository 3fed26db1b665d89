import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { fresh } from '@main/beamtime/rows';
import { writeBundle } from '@main/cli/bundle';
import { openLedger } from '@main/ledger/ledger';
import { keepKeys, readKeys } from '@main/web/keys';
import { temporaryFolder } from '../../support/build';

/** A home after a beamtime in which something went wrong, and what is in the bundle that is made of it. */
function bundle(anonymous: boolean) {
  const home = join(temporaryFolder(), 'home');
  const source = '/data/visitor/ma5432/id01/20261129/RAW_DATA/PtNano_17/PtNano_17_0001.h5';
  const ledger = openLedger(join(home, 'ledger.sqlite'));
  const row = fresh('scan-1', {
    ref: { format: 'bliss', source, number: 1 },
    ...{ name: 'PtNano_17_0001 #1', title: 'ascan eta 17 18 60 1', framesExpected: 61, framesPresent: 61, whole: true },
    ...{ frameShape: [516, 516], positions: {}, warnings: [] },
  });
  ledger.put({
    ...row,
    note: 'ask Grethe tomorrow',
    overruled: { class: 'screw', by: 'Grethe Voss', at: '2026-05-13T04:00:00.000Z' },
    problem: { code: 'frames-missing', message: `gone: ${source}` },
  });
  ledger.close();
  const keys = readKeys(home);
  keepKeys(home, keys);
  writeFileSync(join(home, 'address'), `http://127.0.0.1:8400/?token=${keys.token}\n`);
  mkdirSync(join(home, 'logs'));
  const said = [
    `2026-11-29T02:00:00Z judging (process 1, version 0.1.0) on ${hostname()}`,
    `Error: ENOENT: open '${source}'`,
    '    at open (/home/gvoss/beamtime/notes.txt:3:1)',
    `opened http://127.0.0.1:8400/?token=${keys.viewToken} and /?token=abcdefghijklmnopqrstuvwxyz012345`,
    'Grethe Voss said so',
  ];
  writeFileSync(join(home, 'logs', 'braggwatch.log'), said.join('\n'));
  const path = join(home, '..', 'help.zip');
  writeBundle(path, { home, findings: ['{"what":"node","ok":true}'], anonymous });
  const files = Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString(),
  ]);
  return { keys, files: Object.fromEntries(files) as Record<string, string>, all: files.flat().join('\n') };
}

it('holds what a maintainer needs, and no secret, no note and no verdict by name', () => {
  const { files, all, keys } = bundle(false);
  expect(Object.keys(files).sort()).toEqual([
    'doctor.jsonl',
    'files.txt',
    'ledger.json',
    'logs/braggwatch.log',
    'machine.json',
  ]);
  expect(files['logs/braggwatch.log']).toContain('PtNano_17_0001.h5');
  expect(JSON.parse(files['ledger.json']!)).toMatchObject({
    scans: 1,
    problems: { 'frames-missing': 1 },
    formats: { bliss: 1 },
  });
  expect(files['machine.json']).toContain('onnxruntime-node');
  expect(files['files.txt']).toMatch(/\t600\taddresses\.json/);
  for (const secret of [keys.token, keys.viewToken, 'abcdefghijklmnop', 'ask Grethe'])
    expect(all).not.toContain(secret);
});

it('on request names nobody: no person, proposal, sample or machine, and one and the same by one word', () => {
  const { files, all } = bundle(true);
  for (const name of ['Grethe', 'Voss', 'gvoss', 'ma5432', 'PtNano']) expect(all).not.toContain(name);
  expect(all.split(/[^\w-]+/)).not.toContain(hostname());
  const log = files['logs/braggwatch.log']!;
  expect(log).toMatch(/ENOENT: open '\/data\/visitor\/name-\d+\/name-\d+\//);
  expect(log).toContain('.h5');
  expect(log).toContain('version 0.1.0');
});
