import { z } from 'zod';
import { insideSchema, witnessSchema, type InsideOpinion } from './inside';

/*
 * What phase retrieval shows where it leaves the program: printed, exported or stored. DESIGN section 7 spells it with underscores;
 * inside, the same facts are spelt as everything else.
 */

const { freeError, bodyNm, phaseSpreadRad, lines, ...opinion } = insideSchema.shape;
const { lengthOfSize, angleToQDeg, ...line } = lines.element.shape;

export const printedInsideSchema = z.strictObject({
  ...opinion,
  free_error: freeError,
  body_nm: bodyNm,
  phase_spread_rad: phaseSpreadRad,
  lines: z.array(z.strictObject({ ...line, length_of_size: lengthOfSize, angle_to_q_deg: angleToQDeg })),
});
export const printedWitnessSchema = printedInsideSchema.extend({ testimony: witnessSchema.shape.testimony });

export type PrintedInside = z.infer<typeof printedInsideSchema>;

/** Facts that are spelt in two ways. */
type Inner = Pick<InsideOpinion, 'freeError' | 'bodyNm' | 'phaseSpreadRad' | 'lines'>;
type Outer = Pick<PrintedInside, 'free_error' | 'body_nm' | 'phase_spread_rad' | 'lines'>;

/** @param opinion also one that is a witness beside a verdict */
export function printedInside<T extends Inner>(opinion: T): Omit<T, keyof Inner> & Outer {
  const { freeError: free_error, bodyNm: body_nm, phaseSpreadRad: phase_spread_rad, lines: found, ...rest } = opinion;
  return {
    ...rest,
    ...{ free_error, body_nm, phase_spread_rad },
    lines: found.map(({ lengthOfSize: length_of_size, angleToQDeg: angle_to_q_deg, winding }) => ({
      ...{ length_of_size, angle_to_q_deg, winding },
    })),
  };
}

/** @param printed also one that is a witness beside a verdict */
export function insideOfPrinted<T extends Outer>(printed: T): Omit<T, keyof Outer> & Inner {
  const { free_error, body_nm, phase_spread_rad, lines: found, ...rest } = printed;
  return {
    ...rest,
    ...{ freeError: free_error, bodyNm: body_nm, phaseSpreadRad: phase_spread_rad },
    lines: found.map(({ length_of_size, angle_to_q_deg, winding }) => ({
      ...{ lengthOfSize: length_of_size, angleToQDeg: angle_to_q_deg, winding },
    })),
  };
}
