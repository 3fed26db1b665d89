import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { ScanFacts } from '@main/scan/types';
import type { Source } from '@main/beamtime/watch/walk';
import { scanId } from './identity';
import { pauseAfter, type Pace } from './line';
import { UNREADABLE_MS } from './rest';
import { fresh, type Rows } from './rows';

/** What a file is refused with that is whole and holds no scan. */
const NO_SCAN: readonly string[] = ['scan-empty', 'not-a-scan'];

/** A file that no reader can list may take a worker down at each look. */
const PACE: Pace = { firstMs: 1000, longestMs: 300_000 };

/** A source that could not be listed, or holds no scan. */
interface Failure {
  readonly signature: string;
  readonly times: number;
  readonly since: number;
  readonly nextAt: number;
  /** Readable, and yet nothing in it is a scan. */
  readonly empty: boolean;
  /** What it is instead of a scan, in words. */
  readonly what: string | undefined;
}

/** Sources that cannot be listed: a damaged file can take a worker down each time, so it is not looked at at every sweep. */
export interface Unlisted {
  /** Whether a source that failed is to be left alone for now. */
  waits(source: Source, signature: string): boolean;
  /** Remembers the failure; one that stays gets a row of its own, which goes once the source can be read. */
  failed(source: Source, signature: string, error: unknown): void;
  readable(source: Source): void;
  /** Seen as empty more than once: a file that has just been made fills in a moment. */
  isEmpty(path: string): boolean;
  /** What such a file is, where that could be told. */
  whatIs(path: string): string | undefined;
  /** Whether one will be reported if it stays as it is. */
  resting(): boolean;
  forget(): void;
}

export function createUnlisted(rows: Pick<Rows, 'get' | 'put' | 'remove'>, now: () => number): Unlisted {
  const failures = new Map<string, Failure>();

  const report = ({ path, format }: Source, signature: string, error: unknown): void => {
    const ref = { format, source: path, number: 0 };
    const problem = problemOf(error, `listing ${path}`);
    const row = rows.get(scanId(ref));
    if (row?.signature === signature && row.problem?.code === problem.code) return;
    rows.put({ ...(row ?? fresh(scanId(ref), nameless(ref))), state: 'rejected', problem, signature });
  };

  return {
    waits({ path }, signature) {
      const known = failures.get(path);
      return known?.signature === signature && now() < known.nextAt;
    },
    failed(source, signature, error) {
      const known = failures.get(source.path);
      const same = known?.signature === signature ? known : undefined;
      const times = (same?.times ?? 0) + 1;
      const since = same?.since ?? now();
      const empty = error instanceof BraggwatchError && NO_SCAN.includes(error.code);
      failures.set(source.path, {
        signature,
        times,
        since,
        nextAt: now() + pauseAfter(times, PACE),
        empty,
        what: whatOf(source.path, error),
      });
      // A file that is still being copied looks broken for a moment. Files without a scan are told together: there can be thousands.
      if (!empty && now() - since >= UNREADABLE_MS) report(source, signature, error);
    },
    readable({ path }) {
      failures.delete(path);
      rows.remove(scanId({ source: path, number: 0 }));
    },
    isEmpty(path) {
      const known = failures.get(path);
      return known !== undefined && known.empty && known.times > 1;
    },
    whatIs: (path) => failures.get(path)?.what,
    resting: () => [...failures.values()].some(({ since, empty }) => !empty && now() - since < UNREADABLE_MS),
    forget: () => failures.clear(),
  };
}

/** What a refusal says of a file behind its path. */
function whatOf(path: string, error: unknown): string | undefined {
  const detail = error instanceof BraggwatchError ? error.detail : undefined;
  return detail?.startsWith(`${path} is `) ? detail.slice(path.length + 4) : undefined;
}

const nameless = (ref: ScanFacts['ref']): ScanFacts => ({
  ref,
  name: ref.source.split(/[\\/]/).at(-1) ?? ref.source,
  title: '',
  framesExpected: 0,
  framesPresent: 0,
  whole: false,
  frameShape: [0, 0],
  positions: {},
  warnings: [],
});
