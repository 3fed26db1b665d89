import type { InsidePicture } from '@contract/inside';
import { fieldsOf } from '@core/phase/fields';
import type { Inside } from '@core/phase/inside';
import { depthOf, smoothed } from '@core/phase/lines';
import type { RetrievalInput } from './input';
import { opinionOf, voxelMetres } from './look';

/** What is within a crystal, as it travels and is kept; whose it is, whoever asks for it knows. */
export type Picture = Omit<InsidePicture, 'id'>;

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** @param inside what some retrievals of `input` show together */
export function pictureOf(inside: Inside, input: RetrievalInput): Picture {
  const { size } = input.pattern;
  const { modulus, phase, displacement, strain, body } = fieldsOf(inside, input, size);
  const metres = voxelMetres(input);
  return {
    pictured: inside.starts,
    size,
    voxelNm: metres === undefined ? null : metres * 1e9,
    modulus: bytesOf(modulus),
    phase: bytesOf(phase),
    displacement: displacement ? bytesOf(displacement) : null,
    strain: strain ? bytesOf(strain) : null,
    body,
    bodyVoxels: inside.sizeVoxels,
    q: input.q,
    frame: input.frame ?? null,
    hkl: input.hkl,
    lines: inside.lines.map(({ line, length, direction, angleToQDeg, winding }) => {
      const points = smoothed(line);
      return {
        points,
        closed: line.closed,
        direction,
        lengthVoxels: length * inside.sizeVoxels,
        lengthOfSize: length,
        angleToQDeg,
        winding,
        depthVoxels: depthOf(points, inside.body, size),
      };
    }),
    opinion: opinionOf(inside, input),
  };
}
