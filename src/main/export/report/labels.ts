/** A place on the map, in the picture's own units. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a name stands beside its sign. */
export interface Label extends Spot {
  readonly anchor: 'start' | 'end';
}

export const fontSize = 8;
/** Of a letter, by the font's size; on the wide side, since the reader's font is not known. */
const letter = 0.62;
/** Half the edge of a sign. */
const sign = 4;
/** From a sign's middle to the foot of its name: where it is read best first. */
const sides: readonly Label[] = [
  { x: 8, y: -5, anchor: 'start' },
  { x: 8, y: 11, anchor: 'start' },
  { x: -8, y: -5, anchor: 'end' },
  { x: -8, y: 11, anchor: 'end' },
];

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Places names beside their signs so that none lies on another name or sign.
 * @param spots signs with their names, the first placed first
 * @param width of the picture, which no name leaves
 * @returns for each sign where its name stands from it; undefined where there is no room
 */
export function placeLabels(
  spots: readonly (Spot & { readonly name: string })[],
  width: number,
): readonly (Label | undefined)[] {
  const taken: Box[] = spots.map(({ x, y }) => ({ left: x - sign, right: x + sign, top: y - sign, bottom: y + sign }));
  return spots.map(({ x, y, name }) => {
    const long = name.length * letter * fontSize;
    for (const side of sides) {
      const left = x + side.x - (side.anchor === 'end' ? long : 0);
      const box = { left, right: left + long, top: y + side.y - fontSize, bottom: y + side.y + 2 };
      if (box.left < 0 || box.right > width || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return side;
    }
    return undefined;
  });
}
