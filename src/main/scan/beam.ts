import type { BeamList } from '@core/reduce/exposure';

/** What counters of the counting time and of attenuators are called, behind the name of a detector or device. */
const kinds: readonly (readonly [BeamList['kind'], RegExp])[] = [
  [
    'time',
    /^(?:\w+[_:.])?(?:sec(?:onds?)?|(?:count(?:ing)?|acq(?:uisition)?|exp(?:osure)?|int(?:egration)?|frame)_?time|exposure|ctime)$/i,
  ],
  [
    'attenuation',
    /^(?:\w+[_:.])?(?:transm?(?:ission)?|trans?factor|filter_?trans(?:m(?:ission)?)?|att(?:n|en(?:uation|uators?)?)?(?:_?factor)?|abs(?:orbers?)?|filters?)$/i,
  ],
];

/** No time of a single frame. */
const others = /elapsed|epoch|dead|live/i;

const differ = (values: ArrayLike<number>, count: number): boolean => {
  for (let f = 1; f < count; f++) if (values[f] !== values[0]) return true;
  return false;
};

/**
 * The counters of a scan that tell how its frames were exposed; those that stay what they are tell nothing and are left out.
 * @param read the values of a counter, as many as there are points
 * @param frames that there are
 */
export function beamLists(
  names: Iterable<string>,
  read: (name: string) => ArrayLike<number> | undefined,
  frames: number,
): { readonly beam?: readonly BeamList[] } {
  const beam = [...names].flatMap((name): BeamList[] => {
    const kind = others.test(name) ? undefined : kinds.find(([, called]) => called.test(name))?.[0];
    const values = kind && read(name);
    if (!kind || !values || values.length < frames || !differ(values, frames)) return [];
    return [{ kind, name, values: Float64Array.from(Array.from(values).slice(0, frames)) }];
  });
  return beam.length > 0 ? { beam } : {};
}
