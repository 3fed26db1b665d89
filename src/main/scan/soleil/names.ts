/** What SOLEIL's files call their motors: Tango devices' paths, with slashes in `long_name`, with dashes as groups' names. */

/** Circles of the diffractometers at SixS and CRISTAL. */
const circles = ['mu', 'omega', 'gamma', 'delta', 'etaa', 'phi', 'chi', 'kappa', 'komega', 'kphi'];
/** The pitch of the whole table is the incidence angle beta. */
const pitch = /(^|[-_.])(base)?pitch$/;
const miniGoniometer = /(?:^|[-_.])mg[-_]?(omega|phi|theta|chi)$/;
/** What stands behind a motor's name where a dataset holds its position. */
const suffix = /\/(position|position_pre|position_post|value|raw_value)$/;

/** The motor or counter of a Tango path: `i14-c-cx1/ex/med-h-dif-group.1/mu` is mu, `i06-c-c07-ex-mg_omega/position` mgomega. */
export function shortName(path: string): string {
  const name = path.trim().toLowerCase().replace(suffix, '').split('/').at(-1) ?? '';
  const mini = miniGoniometer.exec(name)?.[1];
  if (mini !== undefined) return `mg${mini}`;
  if (pitch.test(name)) return 'beta';
  return name.split(/[-_.]/).findLast((word) => circles.includes(word)) ?? name;
}

/** The diffractometer that a Tango path belongs to, as presets name it. */
export function instrumentOf(path: string): string | undefined {
  const name = path.toLowerCase();
  if (/i14.*med[-_.]?h/.test(name)) return 'SixS MED-H';
  if (/i14.*med[-_.]?v/.test(name)) return 'SixS MED-V';
  if (/i14.*uhv/.test(name)) return 'SixS UHV';
  return undefined;
}
