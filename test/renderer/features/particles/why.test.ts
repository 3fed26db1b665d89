import { describe, expect, it } from 'vitest';
import { rankCandidates, type Particle } from '@core/screening/candidates';
import { whyOf } from '@renderer/features/particles/why';
import { judged } from '../../../e2e/support/fake-scans';

const particle: Particle = {
  id: 'scan-7',
  class: 'edge',
  probabilities: { perfect: 0.02, screw: 0.01, edge: 0.97 },
  sure: true,
  counts: 12_400_000,
  oversampling: 2.1,
  isolationUm: 5.2,
};
const why = (over: Partial<Particle>, scan = judged(7, 'edge')): readonly string[] =>
  whyOf(rankCandidates([{ ...particle, ...over }], 'edge')[0]!, scan, 'edge');

describe('why a particle comes next', () => {
  it('is said in words, the weightiest first, for and against, without what nobody knows', () => {
    expect(why({})).toEqual([
      'For it: an edge dislocation to 97 %, 12 million counts in the peak, 5.2 µm from the next particle.',
      'Against: 2.1 points per fringe.',
    ]);
  });

  it('names the person who said so', () => {
    const overruled = { class: 'edge' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
    expect(why({ byHand: true }, judged(7, 'screw', 0.9, { overruled }))[0]).toMatch(
      /^For it: an edge dislocation, says Lea, /,
    );
  });

  it('tells what phase retrieval shows, and how many retrievals agree', () => {
    const scan = judged(7, 'edge');
    const inside = {
      says: 'none' as const,
      testimony: 'contradicts' as const,
      starts: 8,
      agreeing: 7,
      freeError: 0.1,
      bodyNm: 210,
      phaseSpreadRad: 0.4,
      lines: [],
      character: null,
    };
    const told = why(
      { within: { says: 'none', character: null, agreement: 7 / 8 } },
      { ...scan, verdict: { ...scan.verdict!, inside } },
    );
    expect(told[1]).toMatch(/^Against: phase retrieval shows no line \(7 of 8\), /);
  });
});
