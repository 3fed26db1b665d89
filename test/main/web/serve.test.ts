import type { Reply } from '@contract/connection';
import type { Volume } from '@contract/volume';
import { readFileSync, statSync, writeFileSync, mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@main/serve';
import { expect, test } from 'vitest';
import { fakeApp, summary } from '../rpc/fakeApp';
import { ask, openScreen, startShell } from './shell';

interface ReplyMessage {
  t: string;
  i: string;
  r: Reply<unknown>;
}

test('the printed address sets the cookie, and the cookie opens the app', async () => {
  const shell = await startShell(fakeApp());
  const { pathname, search } = new URL(shell.url);
  const first = await ask(shell, pathname + search);
  expect(first).toMatchObject({ status: 303, headers: { location: `/#key=${shell.key}` } });
  const cookie = first.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
  const page = await ask(shell, '/', { Cookie: cookie.split(';')[0] ?? '' });
  expect(page).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
  expect(page.body).toContain('<title>screen</title>');
  expect(await ask(shell, '/assets/index.js', { Cookie: shell.cookie })).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
});

test('the token has 192 bits and is new at every start', async () => {
  const [a, b] = [await startShell(fakeApp()), await startShell(fakeApp())];
  expect(Buffer.from(a.token, 'base64url')).toHaveLength(24);
  expect(a.token).not.toBe(b.token);
});

test('the address file can be read by its owner only, even where a readable one stood, and goes with the server', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'braggwatch-address-')), 'address');
  writeFileSync(path, 'old', { mode: 0o644 });
  const shell = await startShell(fakeApp(), { addressFile: path });
  expect(readFileSync(path, 'utf8')).toBe(`${shell.url}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await shell.close();
  expect(existsSync(path)).toBe(false);
});

test('a port that is taken, or an address file that cannot be written, fails the start and leaves nothing open', async () => {
  const first = await startShell(fakeApp());
  await expect(startServer(fakeApp(), { port: first.port, rendererDir: '/' })).rejects.toThrow('EADDRINUSE');
  const port = first.port;
  await first.close();
  const addressFile = '/nonexistent/address';
  await expect(startServer(fakeApp(), { port, rendererDir: '/', addressFile })).rejects.toThrow('ENOENT');
  const again = await startServer(fakeApp(), { port, rendererDir: '/' });
  await again.close();
});

test('a screen calls the app over its socket, and bytes cross unchanged', async () => {
  const intensity = Uint8Array.from({ length: 64 }, (_, i) => i * 3);
  const volume = {
    shape: [4, 4, 1] as [number, number, number],
    intensity,
    mask: new Uint8Array(16),
    origin: [0, 0, 0] as [number, number, number],
    voxel: 0.001,
    frame: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as [[number, number, number], [number, number, number], [number, number, number]], // prettier-ignore
    frameName: 'q' as const,
  };
  const shell = await startShell(fakeApp({ 'scans/volume': () => volume }));
  const screen = await openScreen(shell);
  screen.send({ t: 'q', i: '1', m: 'request', a: ['scans/volume', { id: 'x' }] });
  const { r } = await screen.next<ReplyMessage>((message) => message.i === '1');
  expect(r).toEqual({ ok: true, value: volume });
  const bytes = (r as { value: typeof volume }).value.intensity;
  // A Float32Array can be laid on it only where it starts at a multiple of four.
  expect(bytes.byteOffset % 4).toBe(0);
});

test('every screen hears every event, until it leaves', async () => {
  const app = fakeApp();
  const shell = await startShell(app);
  const [one, two] = [await openScreen(shell), await openScreen(shell)];
  app.emit('scan-changed', summary({ framesPresent: 7 }));
  for (const screen of [one, two]) {
    const event = await screen.next<{ m: string; a: unknown[] }>((message) => message.m === 'event');
    expect(event.a).toEqual(['scan-changed', summary({ framesPresent: 7 })]);
  }
  expect(app.screens()).toBe(2);
  one.socket.close();
  await one.closed;
  await expect.poll(app.screens).toBe(1);
});

test('a screen that does not acknowledge gets the newest state of each scan when it does, not the whole history', async () => {
  const app = fakeApp();
  const screen = await openScreen(await startShell(app));
  for (let frame = 0; frame < 1000; frame++) app.emit('scan-changed', summary({ framesPresent: frame }));
  type Event = { m: string; i: string; a?: [string, { framesPresent: number }] };
  const isFrame = (frame: number) => (message: Event) => message.a?.[1].framesPresent === frame;
  await screen.next(isFrame(15));
  expect(screen.messages).toHaveLength(16);
  const first = screen.messages[0] as Event;
  screen.send({ t: 's', i: first.i });
  await screen.next(isFrame(999));
  expect(screen.messages).toHaveLength(17);
});

test('to a slow screen the removal of a scan replaces its last state, and one removal never hides another', async () => {
  const app = fakeApp();
  const screen = await openScreen(await startShell(app));
  for (let i = 0; i < 16; i++) app.emit('scan-changed', summary({ id: `fill ${i}` }));
  app.emit('scan-changed', summary({ id: 'a' }));
  app.emit('scan-removed', { id: 'a' });
  app.emit('scan-removed', { id: 'b' });
  app.emit('scan-removed', { id: 'c' });
  app.emit('scan-changed', summary({ id: 'c' }));
  type Event = { m: string; i: string; a?: [string, { id: string }] };
  await screen.next<Event>((message) => message.a?.[1].id === 'fill 15');
  for (const message of screen.messages as Event[]) screen.send({ t: 's', i: message.i });
  await screen.next<Event>((message) => message.a?.[1].id === 'c');
  const late = (screen.messages as Event[]).slice(16).map(({ a }) => `${a?.[0]} ${a?.[1].id}`);
  expect(late).toEqual(['scan-removed a', 'scan-removed b', 'scan-changed c']);
});

test('an event that breaks the contract is reported and never sent', async () => {
  const reported: unknown[] = [];
  const app = fakeApp();
  const screen = await openScreen(await startShell(app, { report: (error) => reported.push(error) }));
  app.emit('scan-changed', { ...summary(), secret: 'leak' } as never);
  app.emit('scan-changed', summary());
  await screen.next<{ m: string }>((message) => message.m === 'event');
  expect(JSON.stringify(screen.messages)).not.toContain('leak');
  expect(reported).toHaveLength(1);
});

test('the largest volume comes whole, whatever else happens while it is on its way', async () => {
  const voxels = 256 ** 3;
  const axis: [number, number, number] = [1, 0, 0];
  const intensity = new Uint8Array(new Float32Array(voxels).fill(0.5).buffer);
  const volume = { intensity, mask: new Uint8Array(voxels), origin: axis, voxel: 1, frame: [axis, axis, axis] };
  const app = fakeApp({
    'scans/volume': () => ({ ...volume, shape: [256, 256, 256], frameName: 'q' }) as unknown as Volume,
  });
  const screen = await openScreen(await startShell(app));
  const ask = (i: string): void => screen.send({ t: 'q', i, m: 'request', a: ['scans/volume', { id: i }] });
  // A tunnel that stalls: two volumes wait in the app, and news of scans goes on.
  screen.socket.pause();
  ask('looked at');
  ask('compared');
  for (let n = 0; n < 20; n++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    app.emit('scan-changed', summary({ framesPresent: n }));
  }
  expect(app.screens()).toBe(1);
  screen.socket.resume();
  for (const i of ['looked at', 'compared']) {
    const reply = await screen.next<{ i: string; r: { value: { intensity: Uint8Array } } }>(
      (message) => message.i === i,
    );
    expect(reply.r.value.intensity.byteLength).toBe(4 * voxels);
  }
});
