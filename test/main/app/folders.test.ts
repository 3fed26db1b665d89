import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createRoots } from '@main/files/roots';
import { createFolders, type FolderWishes } from '@main/app/folders';
import { fakeApp } from '../rpc/fakeApp';
import { openScreen, startShell } from '../web/shell';
import { temporaryFolder } from '../../support/build';

/** A folder with a root in it, and what lies beside that; `wishes` as the app is started with. */
function bench(wishes: FolderWishes = {}) {
  const base = realpathSync(temporaryFolder());
  for (const name of ['root/pt', 'root/.git', 'beside/id01', 'beside/id10', 'beside/other'])
    mkdirSync(join(base, name), { recursive: true });
  symlinkSync(join(base, 'beside'), join(base, 'root/way-out'));
  return {
    base,
    at: (path: string) => join(base, path),
    folders: createFolders(createRoots([join(base, 'root')]), () => null, wishes),
  };
}

it('opens no folder beyond its roots where it was not started for its owner alone', async () => {
  const { folders, at } = bench();
  await expect(folders.allow(at('beside'))).rejects.toMatchObject({ code: 'path-refused' });
  expect(() => folders.watchable(at('beside'))).toThrow(expect.objectContaining({ code: 'path-refused' }));
  expect(await folders.complete(at('beside/'))).toEqual([]);
  // What leads out of a root is not offered either; hidden folders are to whoever types their dot.
  expect(await folders.complete(at('root/'))).toEqual([at('root/pt')]);
  expect(await folders.complete(at('root/.g'))).toEqual([at('root/.git')]);
});

it('watches one that it was allowed to, and what lies in it, and writes nowhere there', async () => {
  const { folders, at } = bench({ openAll: true });
  expect(() => folders.watchable(at('beside'))).toThrow(expect.objectContaining({ code: 'path-refused' }));
  expect(await folders.allow(at('root/way-out'))).toBe(at('beside'));
  expect(folders.watchable(at('beside/id01'))).toBe(at('beside/id01'));
  expect(() => folders.writable(at('beside/id01'))).toThrow(expect.objectContaining({ code: 'path-refused' }));
  await expect(folders.allow(at('nowhere'))).rejects.toMatchObject({ code: 'path-missing' });
});

it('completes what is typed of a path, in order', async () => {
  const { folders, at } = bench({ openAll: true });
  expect(await folders.complete(at('beside/id'))).toEqual([at('beside/id01'), at('beside/id10')]);
  expect(await folders.complete(at('beside/x'))).toEqual([]);
  expect(await folders.complete('beside/id')).toEqual([]);
  expect(await folders.complete(at('nowhere/id'))).toEqual([]);
});

it('is asked by nobody where the app listens to other machines', async () => {
  const allow = vi.fn(() => '/data');
  const shell = await startShell(fakeApp({ 'watch/allow': allow, 'watch/complete': () => ['/data'] }), {
    host: '0.0.0.0',
  });
  const screen = await openScreen(shell, { origin: `http://127.0.0.1:${shell.port}` });
  const ask = async (i: string, name: string, input: object) => {
    screen.send({ t: 'q', m: 'request', i, a: [name, input] });
    return (await screen.next<{ i: string; r: unknown }>((message) => message.i === i)).r;
  };
  expect(await ask('1', 'watch/allow', { folder: '/data' })).toMatchObject({
    ok: false,
    error: { code: 'path-refused' },
  });
  expect(await ask('2', 'watch/complete', { beginning: '/' })).toMatchObject({ ok: true, value: [] });
  expect(allow).not.toHaveBeenCalled();
});
