import { BraggwatchError } from '@contract/errors';
import { describe, expect, it } from 'vitest';
import { LookAlikesView } from '@renderer/features/look-alikes/look-alikes.svelte';
import { fakeLookAlikes } from '../../../e2e/support/fake-look-alikes';
import { judged } from '../../../e2e/support/fake-scans';
import { FakeConnection, settle } from '../../support/fake-connection';

const [first, second, third] = [judged(1, 'screw'), judged(2, 'edge'), judged(3, 'perfect')];

describe('LookAlikesView', () => {
  it('asks once for a scan, and again by another model or after another verdict', async () => {
    const connection = new FakeConnection({ 'scans/look-alikes': () => fakeLookAlikes(first) });
    const view = new LookAlikesView(connection);
    view.look(first, 'a');
    expect(view.found).toBeUndefined();
    await settle();
    expect(view.found?.nearest).toHaveLength(5);
    view.look({ ...first, flagged: true }, 'a');
    view.look(second, 'a');
    await settle();
    view.look(first, 'a');
    expect(view.found?.nearest[0]?.pattern.class).toBe('screw');
    expect(connection.calls).toHaveLength(2);
    view.look(first, 'b');
    await settle();
    view.look(judged(1, 'edge'), 'b');
    await settle();
    expect(connection.calls).toHaveLength(4);
  });

  it('leaves out what nobody looks at any more', async () => {
    const answers: (() => void)[] = [];
    const connection = new FakeConnection({
      'scans/look-alikes': () => new Promise((resolve) => answers.push(() => resolve(null))),
    });
    const view = new LookAlikesView(connection);
    for (const scan of [first, second, third]) view.look(scan, 'a');
    answers.shift()!();
    await settle();
    // The answer on the first one is not taken for the third one's.
    expect(view.found).toBeUndefined();
    answers.shift()!();
    await settle();
    expect(view.found).toBeNull();
    expect(connection.calls.map(({ input }) => input)).toEqual([{ id: first.id }, { id: third.id }]);
  });

  it('says what went wrong, and asks again when looked at again', async () => {
    let fails = true;
    const connection = new FakeConnection({
      'scans/look-alikes': () =>
        fails ? Promise.reject(new BraggwatchError('look-alikes-invalid')) : fakeLookAlikes(first),
    });
    const view = new LookAlikesView(connection);
    view.look(first, 'a');
    await settle();
    expect(view.problem?.code).toBe('look-alikes-invalid');
    fails = false;
    view.look(first, 'a');
    await settle();
    expect(view.problem).toBeNull();
    expect(view.found?.among).toBe(240);
  });
});
