import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../support/build';
import { longRun } from './long-run';

afterEach(() => vi.unstubAllEnvs());

it('a long run goes on where it was ended, also in the middle of a line, and forgets nothing that went wrong', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('BRAGGWATCH_RUNS', folder);
  const ran: number[] = [];
  const piece = (n: number): Promise<{ wrong: string[]; met: string[] }> => {
    ran.push(n);
    if (n === 4) throw new Error('ended');
    return Promise.resolve({ wrong: n === 2 ? ['lost'] : [], met: [`kind ${n % 2}`] });
  };
  await expect(longRun('pieces', 5, piece)).rejects.toThrow('ended');
  appendFileSync(join(folder, 'pieces.jsonl'), '{"n":4,"wro');
  ran.length = 0;
  const outcome = await longRun('pieces', 5, (n) => piece(n === 4 ? 40 : n));
  expect(ran).toEqual([40, 5]);
  expect(outcome).toMatchObject({ done: 5, wrong: ['pieces 2: lost'] });
  expect([...outcome.met].sort()).toEqual(['kind 0', 'kind 1']);
  expect(readFileSync(join(folder, 'pieces.jsonl'), 'utf8').trimEnd().split('\n').length).toBeGreaterThan(4);
});

it('nothing is written down unless a folder is named', async () => {
  vi.stubEnv('BRAGGWATCH_RUNS', '');
  expect(await longRun('pieces', 2, () => Promise.resolve({ wrong: [], met: [] }))).toMatchObject({ done: 2 });
});
