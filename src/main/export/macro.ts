import type { ExportedScan } from '@contract/export';
import { movable } from '@vocabulary/moves';

/** What a macro is told about the export it comes from. */
export interface MacroFacts {
  readonly version: string;
  /** ISO 8601. */
  readonly made: string;
}

/** A Python literal; JSON's strings and numbers are Python's as well. */
const literal = (value: string | number | boolean | undefined): string =>
  value === undefined ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);

function entry(scan: ExportedScan): string {
  const positions = movable(scan.positions ?? []).map(({ motor, value }) => `(${literal(motor)}, ${literal(value)})`);
  const fields: readonly (readonly [string, string])[] = [
    ['scan', literal(scan.scan)],
    ['source', literal(scan.source)],
    ['network', literal(scan.class)],
    ['overruled', literal(scan.overruled?.class)],
    ['sure', literal(scan.sure)],
    ['note', literal(scan.note)],
    ['positions', `[${positions.join(', ')}]`],
  ];
  return `    {${fields.map(([name, value]) => `"${name}": ${value}`).join(', ')}},`;
}

/**
 * A user script for a BLISS session (Python), to go back to particles: a table, and a function that moves to one of them by
 * `umv(motor, value, ...)`. Loading it moves nothing. Free text goes in as string literals only, never as code or comment.
 */
export function toMacro(scans: readonly ExportedScan[], { version, made }: MacroFacts): string {
  const placed = scans.filter(({ positions = [] }) => movable(positions).length > 0).length;
  return `"""Particles chosen in Braggwatch ${version}, ${made}.

${scans.length} scans, ${placed} of them with recorded positions.
In a BLISS session:   user_script_load("<this file>")
                      user.particles()        lists them
                      user.goto_particle(0)   moves to the first one, after asking
Nothing moves when the script is loaded.
"""

PARTICLES = [
${scans.map(entry).join('\n')}
]


def particles():
    """List the particles: number, scan, class, positions, note."""
    for number, particle in enumerate(PARTICLES):
        found = particle["overruled"] or particle["network"] or "not judged"
        where = "  ".join(f"{motor} {value:g}" for motor, value in particle["positions"]) or "no position recorded"
        print(f"{number:4d}  {particle['scan']}  {found}  {where}  {particle['note']}")


def goto_particle(number, ask=True):
    """Move the motors to a particle's recorded positions, all at once, with umv."""
    from bliss import setup_globals
    from bliss.shell.standard import umv

    particle = PARTICLES[number]
    if not particle["positions"]:
        print(f"{particle['scan']}: no position is recorded for this scan")
        return
    moves = []
    for motor, value in particle["positions"]:
        axis = getattr(setup_globals, motor, None)
        if axis is None:
            raise RuntimeError(f"no motor {motor} in this session; nothing was moved")
        moves += [axis, value]
    text = ", ".join(f"{motor}, {value:g}" for motor, value in particle["positions"])
    if ask and input(f"umv({text}) ? [y/N] ").strip().lower() != "y":
        print("nothing was moved")
        return
    umv(*moves)
`;
}
