import { BraggwatchError } from '@contract/errors';
import type { Regrouping } from '@contract/particle';
import type { ScanSummary } from '@contract/scan';
import { expect, it } from 'vitest';
import { overruleSelected } from '@renderer/features/verdict/keys';
import { judged } from '../../../e2e/support/fake-scans';
import { FakeConnection, settle } from '../../support/fake-connection';
import { windowOn } from '../../support/window';

/** A screen on an app that keeps what it is told, as the ledger does. */
async function start() {
  const scans = new Map([1, 2].map((n) => [`scan-${n}`, judged(n, 'edge')]));
  const put = (id: string, over: Partial<ScanSummary>): ScanSummary => {
    const scan = { ...scans.get(id)!, ...over };
    if (over.overruled === undefined && 'overruled' in over) delete scan.overruled;
    scans.set(id, scan);
    return scan;
  };
  let isAway = false;
  const here = <T>(answer: () => T): T => {
    if (isAway) throw new BraggwatchError('connection-lost');
    return answer();
  };
  const connection = new FakeConnection({
    'scans/list': () => [...scans.values()],
    'scans/detail': ({ id }: { id: string }) => here(() => ({ summary: scans.get(id)! })),
    'scans/flag': ({ id, flagged }: { id: string; flagged: boolean }) => here(() => put(id, { flagged })),
    'scans/note': ({ id, note }: { id: string; note: string }) => here(() => put(id, { note })),
    'scans/overrule': ({ id, overruled }: { id: string; overruled: ScanSummary['overruled'] | null }) =>
      here(() =>
        put(id, {
          overruled: overruled ? { ...{ by: 'opid01', at: '2026-05-13T03:12:00.000Z' }, ...overruled } : undefined,
        }),
      ),
    'particles/regroup': (asked: Regrouping) => {
      const words = asked.do === 'put' ? asked.words : ['scan-1', 'scan-2'].map((id) => ({ id, particle: asked.id }));
      const before = words.map(({ id }) => ({ id, particle: scans.get(id)!.particle ?? null }));
      const changed = words.map(({ id, particle }) => {
        const scan = { ...scans.get(id)! };
        delete scan.particle;
        scans.set(id, particle === null ? scan : { ...scan, particle });
        return scans.get(id)!;
      });
      return { before, after: words, changed };
    },
    'app/alerts': () => [],
    'watch/state': () => ({ folder: null, preset: 'auto', problem: null }),
    'presets/list': () => [],
  });
  const window = windowOn(connection);
  connection.status('open');
  await settle();
  const scan = (n = 1): ScanSummary => window.queue.scans.find(({ id }) => id === `scan-${n}`)!;
  const away = (): void => {
    isAway = true;
    connection.status('lost');
  };
  const back = async (): Promise<void> => {
    isAway = false;
    connection.status('open');
    await eventually(() => window.marks.unsent === 0);
    await settle();
  };
  return { ...window, connection, scan, put, away, back, kept: (id: string) => scans.get(id)! };
}

async function eventually(look: () => boolean): Promise<void> {
  for (let n = 0; n < 1000 && !look(); n++) await settle();
}

it('sends no class of a scan that has no verdict, and says why', async () => {
  const window = await start();
  const { connection, notices, put, queue } = window;
  connection.emit('scan-changed', put('scan-1', { state: 'rejected' }));
  queue.select('scan-1');
  overruleSelected('screw', window);
  expect(notices.said).toContain('no verdict');
  expect(connection.calls.filter(({ name }) => name === 'scans/overrule')).toEqual([]);
});

it('takes back what was done last, one step at a time, and does it again', async () => {
  const { marks, scan } = await start();
  await marks.flag('scan-1', true);
  await marks.note('scan-2', 'twin');
  await marks.overrule('scan-1', 'screw', 'Lea');
  expect(scan()).toMatchObject({ flagged: true, overruled: { class: 'screw', by: 'Lea' }, verdict: { class: 'edge' } });
  await marks.undo();
  expect(scan().overruled).toBeUndefined();
  expect(marks.said).toBe('Undone: judgement of S0001.');
  await marks.undo();
  expect(scan(2).note).toBe('');
  await marks.undo();
  expect(scan().flagged).toBe(false);
  expect(marks.canUndo).toBe(false);
  await marks.redo();
  await marks.redo();
  await marks.redo();
  expect(scan()).toMatchObject({ flagged: true, overruled: { class: 'screw', by: 'Lea' } });
  expect(scan(2).note).toBe('twin');
  expect(marks.canRedo).toBe(false);
});

it('takes steps one after the other, however fast the keys are pressed', async () => {
  const { marks, scan } = await start();
  const pressed = [
    marks.flag('scan-1', true),
    marks.overrule('scan-1', 'screw', 'Lea'),
    marks.undo(),
    marks.undo(),
    marks.undo(),
  ];
  await Promise.all(pressed);
  expect(scan()).toMatchObject({ flagged: false });
  expect(scan().overruled).toBeUndefined();
  expect(marks.said).toBe('Nothing to undo.');
  await Promise.all([marks.redo(), marks.redo(), marks.undo()]);
  expect(scan()).toMatchObject({ flagged: true });
  expect(scan().overruled).toBeUndefined();
});

it('puts back an earlier judgement with its own author and time', async () => {
  const { marks, scan } = await start();
  await marks.overrule('scan-1', 'screw', 'Lea');
  const first = scan().overruled;
  await marks.overrule('scan-1', 'perfect', 'Max');
  expect(scan().overruled).toMatchObject({ class: 'perfect', by: 'Max' });
  await marks.undo();
  expect(scan().overruled).toEqual(first);
});

it('does not take back what a colleague has changed since', async () => {
  const { connection, marks, scan, put } = await start();
  await marks.overrule('scan-1', 'screw', 'Lea');
  connection.emit(
    'scan-changed',
    put('scan-1', { overruled: { class: 'perfect', by: 'Max', at: '2026-05-13T04:00:00Z' } }),
  );
  await marks.undo();
  expect(scan().overruled).toMatchObject({ class: 'perfect', by: 'Max' });
  expect(marks.said).toContain('changed by somebody else');
});

it('forgets what could be redone once something new is done, and records no step that changes nothing', async () => {
  const { connection, marks } = await start();
  await marks.flag('scan-1', true);
  await marks.undo();
  await marks.flag('scan-2', true);
  expect(marks.canRedo).toBe(false);
  const calls = connection.calls.length;
  await marks.flag('scan-2', true);
  await marks.overrule('scan-2', null, '');
  expect(connection.calls).toHaveLength(calls);
});

it('takes back as one step what was joined, unless somebody else has said otherwise since', async () => {
  const { connection, marks, put, scan } = await start();
  await marks.regroup({ do: 'join', id: 'scan-1', with: 'scan-2' });
  expect([scan(1).particle, scan(2).particle]).toEqual(['scan-1', 'scan-1']);
  await marks.undo();
  expect([scan(1).particle, scan(2).particle]).toEqual([undefined, undefined]);
  expect(marks.said).toBe('Undone: particle of S0001.');
  await marks.redo();
  expect(scan(2).particle).toBe('scan-1');
  connection.emit('scan-changed', put('scan-2', { particle: 'scan-2' }));
  await marks.undo();
  expect(scan(1).particle).toBe('scan-1');
  expect(marks.said).toContain('somebody else');
});

it('keeps what is marked while the app is away, shows it, and sends it when it is back', async () => {
  const { marks, scan, away, back, kept, alerts } = await start();
  away();
  expect(await marks.flag('scan-1', true)).toBe(true);
  await marks.note('scan-2', 'first thought');
  await marks.note('scan-2', 'twin');
  await marks.overrule('scan-1', 'screw', '');
  expect(scan(1)).toMatchObject({ flagged: true, overruled: { class: 'screw', by: 'you' } });
  expect(scan(2)).toMatchObject({ note: 'twin' });
  expect(marks.unsent).toBe(3);
  expect(alerts.failures).toEqual([]);
  expect(kept('scan-1').flagged).toBe(false);
  const made = scan(1).overruled!.at;
  await back();
  expect(kept('scan-1')).toMatchObject({ flagged: true, overruled: { class: 'screw', by: 'opid01', at: made } });
  expect(kept('scan-2')).toMatchObject({ note: 'twin' });
  expect(scan(1)).toMatchObject({ overruled: { by: 'opid01' } });
  expect(marks.unsent).toBe(0);
  // It can be taken back as if nothing had happened.
  for (let n = 0; n < 2; n++) await marks.undo();
  expect(kept('scan-1').overruled).toBeUndefined();
});

it('sends nothing of what was taken back while the app was away', async () => {
  const { marks, connection, away, back } = await start();
  away();
  await marks.flag('scan-1', true);
  await marks.undo();
  expect(marks.unsent).toBe(0);
  const before = connection.calls.filter(({ name }) => name === 'scans/flag').length;
  await back();
  expect(connection.calls.filter(({ name }) => name === 'scans/flag')).toHaveLength(before);
});

it('leaves what a colleague has changed meanwhile, and says so; of two notes it keeps both', async () => {
  const { marks, put, away, back, kept, scan } = await start();
  away();
  await marks.note('scan-1', 'mine');
  await marks.overrule('scan-2', 'screw', 'Lea');
  put('scan-1', { note: 'theirs' });
  put('scan-2', { overruled: { class: 'perfect', by: 'Max', at: '2026-05-13T04:00:00Z' } });
  await back();
  expect(kept('scan-1').note).toBe('theirs\nmine');
  expect(kept('scan-2').overruled).toMatchObject({ class: 'perfect', by: 'Max' });
  expect(scan(2).overruled).toMatchObject({ class: 'perfect', by: 'Max' });
  expect(marks.said).toContain('somebody else');
});
