import { z } from 'zod';
import { insideOfPrinted, printedInside, printedWitnessSchema } from './printed-inside';
import { reductionSchema, verdictLineSchema, type Reduction, type VerdictLine } from './scan';
import { verdictSchema, type Verdict } from './verdict';

/*
 * A verdict line where it leaves the program: printed by a command or stored in the ledger. DESIGN section 6 spells it with underscores,
 * and ledgers hold years of it; inside, the same facts are spelt as everything else.
 */

const { dAngstrom, voxelInvAngstrom, measuredOversampling, qDirection, ...reduction } = reductionSchema.shape;

export const printedReductionSchema = z.strictObject({
  ...reduction,
  d_angstrom: dAngstrom,
  voxel_inv_angstrom: voxelInvAngstrom,
  oversampling_measured: measuredOversampling,
  q_direction: qDirection,
});

export const printedVerdictSchema = z.strictObject({ ...verdictSchema.shape, inside: printedWitnessSchema.optional() });

const { timingsMs, ...line } = verdictLineSchema.shape;

/** One line of `classify` and `watch` with `--json`. */
export const printedLineSchema = z.strictObject({
  ...line,
  verdict: printedVerdictSchema.optional(),
  reduction: printedReductionSchema.optional(),
  timings_ms: timingsMs,
});

export type PrintedReduction = z.infer<typeof printedReductionSchema>;
export type PrintedVerdict = z.infer<typeof printedVerdictSchema>;
export type PrintedLine = z.infer<typeof printedLineSchema>;

export const printedReduction = ({
  dAngstrom: d_angstrom,
  voxelInvAngstrom: voxel_inv_angstrom,
  measuredOversampling: oversampling_measured,
  qDirection: q_direction,
  ...rest
}: Reduction): PrintedReduction => ({
  ...rest,
  ...(d_angstrom !== undefined && { d_angstrom }),
  voxel_inv_angstrom,
  ...(oversampling_measured !== undefined && { oversampling_measured }),
  ...(q_direction && { q_direction }),
});

const reductionOfPrinted = ({
  d_angstrom: dAngstrom,
  voxel_inv_angstrom: voxelInvAngstrom,
  oversampling_measured: measuredOversampling,
  q_direction: qDirection,
  ...rest
}: PrintedReduction): Reduction => ({
  ...rest,
  ...(dAngstrom !== undefined && { dAngstrom }),
  voxelInvAngstrom,
  ...(measuredOversampling !== undefined && { measuredOversampling }),
  ...(qDirection && { qDirection }),
});

export const printedVerdict = ({ inside, ...rest }: Verdict): PrintedVerdict => ({
  ...rest,
  ...(inside && { inside: printedInside(inside) }),
});

export const verdictOfPrinted = ({ inside, ...rest }: PrintedVerdict): Verdict => ({
  ...rest,
  ...(inside && { inside: insideOfPrinted(inside) }),
});

export const printedLine = ({
  verdict,
  reduction: made,
  timingsMs: timings_ms,
  ...rest
}: VerdictLine): PrintedLine => ({
  ...rest,
  ...(verdict && { verdict: printedVerdict(verdict) }),
  ...(made && { reduction: printedReduction(made) }),
  ...(timings_ms && { timings_ms }),
});

export const lineOfPrinted = ({
  verdict,
  reduction: made,
  timings_ms: timingsMs,
  ...rest
}: PrintedLine): VerdictLine => ({
  ...rest,
  ...(verdict && { verdict: verdictOfPrinted(verdict) }),
  ...(made && { reduction: reductionOfPrinted(made) }),
  ...(timingsMs && { timingsMs }),
});
