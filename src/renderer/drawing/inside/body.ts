import type { Rotation } from '@renderer/drawing/crystal/camera';
import type { Surface } from '@renderer/drawing/surface/nets';
import type { Triple } from '@renderer/drawing/slices/volume';

type Rgb = readonly [number, number, number];

/** A crystal's body as it is turned: its surface, and within it what is seen through the surface. */
export interface Body {
  readonly surface: Surface;
  /** A row of the table for each vertex. */
  readonly tints: Uint8Array;
  /** 256 packed colours. */
  readonly colours: Uint32Array;
  /** The table is a circle, as angles are. */
  readonly cyclic: boolean;
  /** Of the surface's near side and its far one, 0 to 1; 1 hides all within. */
  readonly opacity: number;
  /** Of the far side, seen from within: its colours would only mix with those in front. */
  readonly inner: Rgb;
  /** All of its lines. */
  readonly lines: Surface;
  readonly line: Rgb;
  readonly centre: Triple;
}

/** How a body is looked at. */
export interface BodyLook {
  readonly rotation: Rotation;
  /** Pixels per voxel. */
  readonly scale: number;
  /** Of the picture, pixels. */
  readonly width: number;
  readonly height: number;
}

/** What draws bodies on a picture of its own, which stays valid until it draws the next one. */
export interface BodyStage {
  draw(body: Body, look: BodyLook): CanvasImageSource;
  /** Gives back what it holds of the graphics card. */
  free(): void;
}

/** Of the near side's opacity what is left where a line lies behind it: lines are what one looks for. */
export const overLines = 0.45;

/** What the side away from the light still gets: more where a scale is read from the colours. */
export const ambient = { scale: 0.62, plain: 0.22 } as const;
