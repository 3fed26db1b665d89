import { levels, packColours, parseColour } from '@renderer/drawing/slices/colour-map';
import type { AtomCloud } from './cloud';
import type { Rotation } from './camera';
import { FAINT, HIDDEN, shades } from './raster';

/** What the atoms' colours say. */
export type AtomColour = 'displacement' | 'structure';

type Rgb = readonly [number, number, number];

/** Colours of one theme, unpacked. */
export interface AtomColours {
  readonly hcp: Rgb;
  readonly other: Rgb;
  readonly faint: Rgb;
  /** Of the light on them: no white in the night theme. */
  readonly shine: Rgb;
}

/** LAMMPS' codes of local structure (common-neighbour analysis). */
const FCC = 1;
const HCP = 2;

/** Every colour from dark to light. */
function shaded(colours: readonly Rgb[], light: Rgb): Uint32Array {
  return packColours(
    colours.flatMap((rgb) =>
      Array.from({ length: shades }, (_, step): Rgb => {
        const lit = (step + 1) / shades;
        // The brightest tenth goes towards the light's colour: a highlight.
        const shine = Math.max(0, lit - 0.85) * 2.2;
        const part = (n: 0 | 1 | 2): number => rgb[n] * (0.3 + 0.7 * lit) * (1 - shine) + light[n] * shine;
        return [part(0), part(1), part(2)];
      }),
    ),
  );
}

/** Packed colours of a map's levels, for atoms coloured by displacement. */
export function displacementPalette(table: Uint32Array, { shine }: Pick<AtomColours, 'shine'>): Uint32Array {
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  const colours = Array.from({ length: levels }, (_, n): Rgb => [bytes[4 * n]!, bytes[4 * n + 1]!, bytes[4 * n + 2]!]);
  return shaded(colours, shine);
}

export const structurePalette = ({ hcp, other, shine }: AtomColours): Uint32Array => shaded([hcp, other], shine);

/** Faint atoms behind and in front of the centre. */
export function faintColours({ faint }: AtomColours): Uint32Array {
  const words = packColours([faint, faint]);
  const bytes = new Uint8Array(words.buffer);
  [bytes[3], bytes[7]] = [45, 110];
  return words;
}

/** Reads the theme's colours off the page. */
export function readAtomColours(element: Element): AtomColours {
  const style = getComputedStyle(element);
  const colour = (name: string): Rgb => parseColour(style.getPropertyValue(`--${name}`).trim());
  return { hcp: colour('atom-hcp'), other: colour('atom-other'), faint: colour('muted'), shine: colour('crosshair') };
}

/** Layers under the surface or a cut that can be seen between the atoms above. */
const layersSeen = 1.6;

/**
 * What colour each atom gets. Atoms that others hide are left out: of a whole crystal only the surface is drawn, of one cut
 * open the cut as well. By structure, faint dots mark the surface, and what is not fcc inside is drawn in full.
 */
export function paintAtoms(
  cloud: AtomCloud,
  by: AtomColour,
  rotation: Rotation,
  cutAt: number,
  out: Uint16Array,
): Uint16Array {
  const { count, positions, displacement, topDisplacement, structure, surface, spacing } = cloud;
  const [, , [c0, c1, c2]] = rotation;
  const seenFrom = cutAt - layersSeen * spacing;
  for (let atom = 0, i = 0; atom < count; atom++, i += 3) {
    if (by === 'structure') {
      const code = structure[atom]!;
      if (surface[atom] === 1) out[atom] = FAINT;
      else out[atom] = code === FCC ? HIDDEN : code === HCP ? 0 : 1;
      continue;
    }
    const towards = c0 * positions[i]! + c1 * positions[i + 1]! + c2 * positions[i + 2]!;
    out[atom] =
      surface[atom] || towards > seenFrom
        ? Math.min(levels - 1, Math.floor((displacement[atom]! / topDisplacement) * levels))
        : HIDDEN;
  }
  return out;
}
