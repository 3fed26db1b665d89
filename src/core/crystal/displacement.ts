/** Adds the displacement at an undisplaced position (angstrom, crystal frame) to the first three numbers of `out`. */
export type DisplacementField = (x: number, y: number, z: number, out: Float64Array) => void;

/** Several fields at once, by linear superposition. */
export function sum(fields: readonly DisplacementField[]): DisplacementField {
  return (x, y, z, out) => {
    for (const field of fields) field(x, y, z, out);
  };
}

/**
 * Moves atoms by a field, in place.
 * @param positions 3N coordinates, angstrom, crystal frame
 * @returns `positions`
 */
export function displace(positions: Float64Array, field: DisplacementField): Float64Array {
  const u = new Float64Array(3);
  for (let i = 0; i < positions.length; i += 3) {
    u.fill(0);
    field(positions[i]!, positions[i + 1]!, positions[i + 2]!, u);
    positions[i]! += u[0]!;
    positions[i + 1]! += u[1]!;
    positions[i + 2]! += u[2]!;
  }
  return positions;
}
