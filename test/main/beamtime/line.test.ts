import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import { createLine, PACE } from '@main/beamtime/line';

const problem = (code: ErrorCode) => new BraggwatchError(code).toProblem();

const places: ErrorCode[] = ['model-missing', 'engine-unavailable', 'disk-full', 'ledger-unavailable'];
const processes: ErrorCode[] = ['worker-died', 'timed-out', 'internal'];

/** A line with scans 0 to count - 1, and a clock that goes on to whatever is to be done next. */
function bench(count: number) {
  const line = createLine<number>();
  let now = 1_000_000;
  for (let n = 0; n < count; n++) line.add(`${n}`, n, now);
  const turn = () => {
    for (;;) {
      const next = line.next(now);
      if (!next) return undefined;
      if (next.do !== 'wait') return next;
      now += next.ms;
    }
  };
  return { line, turn, now: () => now, pass: (ms: number) => void (now += ms) };
}

describe('the line of scans that wait', () => {
  it('tries again within 15 s whatever went wrong how often, and waits the longer the oftener it did', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...places, ...processes), { minLength: 1, maxLength: 40 }), (codes) => {
        const { line, turn, now } = bench(1);
        let before = 0;
        for (const code of codes) {
          const { id } = turn()!;
          line.shown(id);
          line.failed(id, problem(code), now());
          const next = line.next(now());
          expect(next?.do).toBe('wait');
          if (next?.do !== 'wait') return;
          expect(next.ms).toBeGreaterThanOrEqual(before);
          expect(next.ms).toBeLessThanOrEqual(PACE.longestMs);
          before = next.ms;
        }
        expect(PACE.longestMs).toBeLessThan(30_000);
      }),
    );
  });

  it('lets what somebody waits for go before all but the head, the newest first', () => {
    const { line, turn, now } = bench(4);
    line.add('measured', 4, now(), true);
    line.add('newest', 5, now(), true);
    line.add('backlog', 6, now());
    const order: number[] = [];
    for (let next = turn(); next; next = turn()) {
      order.push(next.item);
      line.passed(next.id);
    }
    expect(order).toEqual([0, 5, 4, 1, 2, 3, 6]);
  });

  it('keeps the order whatever is missing, and however often', () => {
    const fault = fc.record({ code: fc.constantFrom(...places), times: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.array(fc.option(fault), { minLength: 1, maxLength: 12 }), (faults) => {
        const { line, turn, now } = bench(faults.length);
        const left = faults.map((each) => each?.times ?? 0);
        const passed: number[] = [];
        for (let next = turn(); next; next = turn()) {
          const { id, item } = next;
          if (next.do === 'show') line.shown(id);
          else if (left[item]! > 0) {
            left[item]!--;
            expect(line.failed(id, problem(faults[item]!.code), now())).toBe('again');
          } else {
            passed.push(item);
            line.passed(id);
            expect(line.trouble()).toBeNull();
          }
        }
        expect(passed).toEqual(faults.map((_, n) => n));
      }),
    );
  });

  it('sets aside what takes its process down each time while others pass, and nothing else', () => {
    const kinds = fc.array(fc.constantFrom<'sound' | 'poison'>('sound', 'sound', 'poison'), {
      minLength: 2,
      maxLength: 8,
    });
    // While nothing at all can be done, every scan fails.
    fc.assert(
      fc.property(kinds, fc.nat(20), fc.constantFrom(...processes), (scans, outage, code) => {
        fc.pre(scans.includes('sound'));
        const { line, turn, now } = bench(scans.length);
        const [passed, aside]: number[][] = [[], []];
        let turns = 0;
        // What is set aside needs another that passes: those of the line, and later ones.
        for (let later = scans.length; turns < 500 && line.size > 0; turns++) {
          const { id, item } = turn()!;
          const fails = turns < outage || scans[item] === 'poison';
          if (!fails) {
            passed!.push(item);
            line.passed(id);
          } else if (line.failed(id, problem(code), now()) === 'aside') {
            aside!.push(item);
            line.remove(id);
          } else if (line.size === line.items().filter((n) => scans[n] === 'poison').length) {
            line.add(`${later}`, later, now());
            later++;
          }
        }
        expect(line.size).toBe(0);
        const of = (kind: 'sound' | 'poison') => scans.flatMap((each, n) => (each === kind ? [n] : []));
        expect(passed!.filter((n) => n < scans.length).sort((a, b) => a - b)).toEqual(of('sound'));
        expect(aside!.sort((a, b) => a - b)).toEqual(of('poison'));
      }),
    );
  });

  it('lets those behind go ahead at once where a scan hung, which costs minutes each time', () => {
    const { line, turn, now } = bench(2);
    expect(turn()).toMatchObject({ id: '0' });
    line.failed('0', problem('timed-out'), now());
    expect(line.next(now())).toMatchObject({ do: 'judge', id: '1' });
  });

  it('makes every volume once where only the model is missing', () => {
    const { line, turn, now } = bench(3);
    turn();
    line.shown('0');
    line.failed('0', problem('model-missing'), now());
    const shown: string[] = [];
    for (let next = line.next(now()); next?.do === 'show'; next = line.next(now())) {
      shown.push(next.id);
      line.shown(next.id);
    }
    expect(shown).toEqual(['1', '2']);
    line.add('3', 3, now());
    expect(line.next(now())).toMatchObject({ do: 'show', id: '3' });
  });

  it('tries at once when something was mended', () => {
    const { line, now } = bench(1);
    for (let n = 0; n < 8; n++) line.failed('0', problem('disk-full'), now());
    expect(line.next(now())?.do).toBe('wait');
    line.hurry(now());
    expect(line.next(now())).toMatchObject({ do: 'judge', id: '0' });
  });
});
