import type { Vec3 } from '../math/vector';
import type { Inside } from './inside';
import { erode } from './morphology';
import { strainAlongQ } from './strain';

/** The scale of an object, as far as it is known. */
export interface Scale {
  /** Unit vector along Q in the cube's axes. */
  readonly q: Vec3;
  /** |Q| and the edge of the pattern's voxel, 1/angstrom. */
  readonly qLength?: number;
  readonly voxel?: number;
}

/** What is shown of an object, size^3 each. */
export interface Fields {
  /** |object|, its largest 1. */
  readonly modulus: Float32Array;
  /** Without its ramp, rad; not a number outside the body. */
  readonly phase: Float32Array;
  /** Along Q, angstrom: the phase over |Q|; undefined where that is not known. */
  readonly displacement?: Float32Array;
  /** Along Q, per cent; not a number where a neighbour lies outside the body. */
  readonly strain?: Float32Array;
  /** 0 outside the body, 1 within, 2 at its surface. */
  readonly body: Uint8Array;
}

/** What an object shows, in the units that people read. */
export function fieldsOf({ object, body, field }: Inside, { q, qLength, voxel }: Scale, size: number): Fields {
  const within = (value: (v: number) => number): Float32Array =>
    Float32Array.from(body, (is, v) => (is === 1 ? value(v) : NaN));
  const strain =
    qLength !== undefined &&
    voxel !== undefined &&
    // An object's voxel is 2 pi / (size voxel) angstrom.
    strainAlongQ(object, field, body, size, q, (size * voxel) / (2 * Math.PI * qLength)).map((value) => 100 * value);
  return {
    modulus: modulusOf(object),
    phase: within((v) => field.phase[v]!),
    ...(qLength !== undefined && { displacement: within((v) => field.phase[v]! / qLength) }),
    ...(strain && { strain }),
    body: withSurface(body, size),
  };
}

function modulusOf({ re, im }: Inside['object']): Float32Array {
  const modulus = Float32Array.from(re, (x, v) => Math.hypot(x, im[v]!));
  const largest = modulus.reduce((most, value) => Math.max(most, value), 0) || 1;
  return modulus.map((value) => value / largest);
}

/** A body, 1, with the voxels that have a face to the outside as 2. */
export function withSurface(body: Uint8Array, size: number): Uint8Array {
  const inner = erode(body, [size, size, size]);
  return body.map((is, v) => (is === 1 ? 2 - inner[v]! : 0));
}
