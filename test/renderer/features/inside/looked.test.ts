import { BraggwatchError } from '@contract/errors';
import type { InsideOpinion } from '@contract/inside';
import { describe, expect, it } from 'vitest';
import { Looked } from '@renderer/features/inside/looked.svelte';
import { sentences } from '@renderer/features/inside/opinion';
import { FakeInside } from '../../../e2e/support/fake-inside';
import { judged, verdictOf } from '../../../e2e/support/fake-scans';
import { FakeConnection, settle } from '../../support/fake-connection';

const [first, second] = [judged(1, 'screw'), judged(2, 'perfect')];

/** What a screen sees of the double's looking inside. */
function bench() {
  const app = new FakeInside(
    (id) => [first, second].find((scan) => scan.id === id)!,
    (state) => connection.emit('inside-changed', state),
  );
  const connection: FakeConnection = new FakeConnection(app.handlers);
  const looked = new Looked(connection);
  looked.start();
  const pictures = (): number => connection.calls.filter(({ name }) => name === 'inside/picture').length;
  return { app, connection, looked, pictures };
}

describe('Looked', () => {
  it('follows what is said as it grows, and fetches the crystal only while it is to be seen', async () => {
    const { app, looked, pictures } = bench();
    looked.look(first, false);
    await settle();
    expect(looked.state?.status).toBe('none');
    await looked.turn('begin');
    app.advance(first.id, 1);
    await settle();
    expect(looked.state).toMatchObject({ status: 'running', pictured: 1 });
    expect(pictures()).toBe(0);
    looked.look(first, true);
    await settle();
    expect(looked.solid?.shape).toEqual([64, 64, 64]);
    app.advance(first.id, 2);
    app.advance(first.id, 5);
    await settle();
    expect(looked.state?.status).toBe('ready');
    // One at a time: what came while the second was on its way is fetched once.
    expect(pictures()).toBeLessThanOrEqual(3);
    const fetched = pictures();
    looked.look({ ...first, flagged: true }, true);
    await settle();
    expect(pictures()).toBe(fetched);
  });

  it('turns to another scan at once, and knows the crystal when it comes back', async () => {
    const { app, looked, pictures } = bench();
    app.advance(first.id, 5);
    looked.look(first, true);
    await settle();
    expect(looked.solid).not.toBeNull();
    looked.look(second, true);
    expect([looked.state, looked.solid]).toEqual([null, null]);
    await settle();
    expect([looked.state?.status, looked.solid]).toEqual(['none', null]);
    // Of another scan: nothing to this one.
    app.advance(first.id, 5);
    expect(looked.state?.id).toBe(second.id);
    looked.look(first, true);
    await settle();
    expect(looked.solid).not.toBeNull();
    expect(pictures()).toBe(1);
    looked.look({ ...first, verdict: verdictOf('edge', 0.8) }, true);
    expect(looked.solid).toBeNull();
  });

  it('tells why there is nothing to be seen', async () => {
    const connection = new FakeConnection({
      'inside/begin': () => Promise.reject(new BraggwatchError('volume-missing')),
    });
    const looked = new Looked(connection);
    looked.look(first, true);
    await looked.turn('begin');
    expect(looked.problem?.code).toBe('volume-missing');
  });

  it('asks nothing about a scan that has no verdict', async () => {
    const { connection, looked } = bench();
    looked.look({ ...first, state: 'arriving', verdict: undefined }, true);
    await settle();
    expect(connection.calls).toEqual([]);
    expect(looked.state).toBeNull();
  });
});

describe('what is said', () => {
  const opinion: InsideOpinion = {
    says: 'undecided',
    reason: 'disagree',
    ...{ starts: 5, agreeing: 2, freeError: 0.2, bodyNm: 200, phaseSpreadRad: 1, lines: [], character: null },
  };

  it('gives the reason where it is undecided', () => {
    expect(sentences(opinion).join(' ')).toContain('Only 2 of 5');
    expect(sentences({ ...opinion, reason: 'unexplained', freeError: 0.4 }).join(' ')).toContain('40 %');
    // One that was kept before there were reasons.
    const before = { ...opinion };
    delete before.reason;
    expect(sentences(before)).toEqual(['Undecided.']);
  });
});
