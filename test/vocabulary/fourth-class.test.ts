import { describe, expect, it } from 'vitest';
import { exportedScanSchema, type ExportedScan } from '@contract/export';
import { verdictLineSchema } from '@contract/scan';
import { verdictSchema } from '@contract/verdict';
import { proportionsSchema, candidateSchema } from '@contract/screening';
import { rankCandidates } from '@core/screening/candidates';
import { proportions } from '@core/screening/proportions';
import { judge } from '@core/verdict/verdict';
import { formatLine } from '@main/cli/output';
import { toCsv } from '@main/export/csv';
import { reportPage } from '@main/export/report/report';
import { storedVerdict } from '@main/ledger/tolerant';
import { classes, classKeys, type DefectClass } from '@vocabulary/classes';

/** A card's part of a network that tells a class which no shipped one does. */
const model = { classes: ['perfect', 'screw', 'edge', 'other'] as const satisfies DefectClass[], temperature: 1 };
const judgement = judge([0.02, 0.01, 0.02, 0.95].map(Math.log), model);

const exported: ExportedScan = exportedScanSchema.parse({
  ...{ id: 'a', scan: 'S1', source: '/data/S1.h5', format: 'bliss', state: 'classified', title: 't' },
  ...{ class: judgement.class, probabilities: judgement.probabilities, defective: judgement.defective },
  ...{ sure: judgement.sure, flagged: true, note: '', seenAt: '2026-01-02T03:04:05.000Z' },
});

describe('a model with a fourth class', () => {
  it('names it, in a verdict that crosses every boundary and comes back from the ledger', () => {
    expect(judgement).toMatchObject({ class: 'other', sure: true, defective: expect.closeTo(0.98, 9) });
    expect(verdictSchema.parse(judgement)).toEqual(judgement);
    expect(storedVerdict.parse(JSON.parse(JSON.stringify(judgement)))).toEqual(judgement);
    expect(verdictSchema.safeParse({ ...judgement, class: 'edge', probabilities: { perfect: 1 } }).success).toBe(false);
    expect(
      verdictSchema.safeParse({ ...judgement, probabilities: { ...judgement.probabilities, unheard: 0 } }).success,
    ).toBe(false);
  });

  it('is counted, and its particles are candidates', () => {
    const verdicts = [{ class: judgement.class, sure: true, early: false, strange: false, byModel: true }];
    const confusion = model.classes.map((_, n) => model.classes.map((__, m) => (n === m ? 100 : 0)));
    const found = proportionsSchema.parse(proportions(verdicts, { ...model, confusion }));
    expect(found.sure).toEqual({ perfect: 0, screw: 0, edge: 0, other: 1 });
    expect(found.corrected?.other?.value).toBeCloseTo(1, 9);
    expect(found.corrected?.defective.value).toBeCloseTo(1, 9);
    const particle = { id: 'a', ...judgement };
    for (const wanted of ['defect', 'other'] as const) {
      const [candidate] = rankCandidates([particle], wanted);
      expect(candidateSchema.parse(candidate).id).toBe('a');
    }
    expect(rankCandidates([particle], 'edge')).toEqual([]);
  });

  it('stands in the table, the report and the line that a person reads', () => {
    const [head, row] = toCsv([exported])
      .split('\r\n')
      .map((line) => line.split(','));
    expect(Number(row![head!.indexOf('other')])).toBeCloseTo(0.95, 9);
    // Tables of three-class models stay as they were.
    const { perfect, screw, edge } = judgement.probabilities;
    const three = { ...exported, class: 'edge' as const, probabilities: { perfect, screw: screw!, edge: edge! } };
    expect(toCsv([three]).split('\r\n')[0]).toContain('defective,perfect,screw,edge,sure,');
    const facts = { version: '0', made: '2026-01-02T03:04:05.000Z', folder: null };
    expect(reportPage([exported], [], [], facts)).toContain(`<td>${classes.other.words.long}</td>`);
    expect(reportPage([three], [], [], facts)).not.toContain(classes.other.words.long);
    const line = verdictLineSchema.parse({
      ...{ scan: 'S1', source: '/data/S1.h5', format: 'bliss', state: 'classified', verdict: judgement, warnings: [] },
      reduction: {
        ...{ method: 'linear', frames: 41, peak: [1, 2, 3], q: 2.7, dAngstrom: 2.3 },
        ...{ voxelInvAngstrom: 7e-4, oversampling: 3.9 },
      },
    });
    expect(formatLine(line, false)).toContain('other  [perfect 2 %, screw 1 %, edge 2 %, other 95 %]');
  });
});

describe('the table of classes', () => {
  it('has a sign and a letter of its own for each', () => {
    for (const key of ['sign', 'letter'] as const) {
      expect(new Set(classKeys.map((name) => classes[name][key])).size).toBe(classKeys.length);
    }
  });
});
