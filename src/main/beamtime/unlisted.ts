import { BraggwatchError, errorCatalogue } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { VerdictLine } from '@contract/scan';
import type { ScanFacts } from '@main/scan/types';
import type { Source } from '@main/beamtime/watch/walk';
import { scanId } from './identity';
import { rejected } from './judge';
import { withOthers, type Found } from './watch/others';
import type { Overlooked } from './watch/overlooked';
import { pauseAfter, type Pace } from './line';
import { UNREADABLE_MS } from './rest';
import { fresh, type Rows } from './rows';

/** What a file is refused with that is whole and holds no scan. */
const NO_SCAN: readonly string[] = ['scan-empty', 'not-a-scan'];

/** A file that no reader can list may take a worker down at each look. */
const PACE: Pace = { firstMs: 1000, longestMs: 300_000 };

/** A file without a scan that keeps changing is told of after so long. */
const DOUBT_MS = 5000;

/** One that cannot be listed is told of by then, also where each look at it takes as long as it may; else it is gone. */
const UNTOLD_MS = 45_000;

/** A source that could not be listed, or holds no scan. */
interface Failure {
  readonly signature: string;
  readonly times: number;
  readonly since: number;
  /** Since when it could not be listed, however it changed. */
  readonly first: number;
  readonly nextAt: number;
  /** Readable, and yet nothing in it is a scan. */
  readonly empty: boolean;
  /** It has its row, or had it before. */
  readonly told: boolean;
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
  /**
   * What a look passed over, with those of the sources that hold no scan: seen so more than once, for a file that has just been made fills
   * in a moment. Until that is known of all, nothing is told: it is told in one.
   * @param passed what else was passed over
   */
  withEmpty(sources: readonly string[], passed: Pick<Found, 'overlooked' | 'others'>): Overlooked;
  /** Whether one will be reported if it stays as it is. */
  resting(): boolean;
  forget(): void;
}

/** @param onLine what is said of one, in place of the lines of its scans */
export function createUnlisted(
  rows: Pick<Rows, 'get' | 'put' | 'remove'>,
  now: () => number,
  onLine: (line: VerdictLine) => void = () => undefined,
): Unlisted {
  const failures = new Map<string, Failure>();
  /** Whether anything was told of what is passed over: from then on nothing waits for what comes later. */
  let told = false;
  const isEmpty = (path: string): boolean => {
    const known = failures.get(path);
    return known !== undefined && known.empty && known.times > 1;
  };
  /** Seen once without a scan. */
  const isDoubtful = ({ empty, times, first }: Failure): boolean => empty && times === 1 && now() - first < DOUBT_MS;

  const report = ({ path, format }: Source, signature: string, error: unknown): void => {
    const ref = { format, source: path, number: 0 };
    const problem = problemOf(error, `listing ${path}`);
    const row = rows.get(scanId(ref));
    if (row?.signature === signature && row.problem?.code === problem.code) return;
    rows.put({ ...(row ?? fresh(scanId(ref), nameless(ref))), state: 'rejected', problem, signature });
    onLine(rejected(nameless(ref), problem).line);
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
      const first = known?.first ?? now();
      const empty = error instanceof BraggwatchError && NO_SCAN.includes(error.code);
      // A file that is still being copied looks broken for a moment. Files without a scan are told together: there can be thousands.
      const told = !empty && now() - since >= UNREADABLE_MS;
      failures.set(source.path, {
        ...{ signature, times, since, first, empty, told },
        nextAt: now() + pauseAfter(times, PACE),
        what: whatOf(source.path, error),
      });
      if (told) report(source, signature, error);
    },
    readable({ path }) {
      failures.delete(path);
      rows.remove(scanId({ source: path, number: 0 }));
    },
    withEmpty(sources, passed) {
      const doubtful = (path: string): boolean => {
        const known = failures.get(path);
        return known !== undefined && isDoubtful(known);
      };
      const isScanless = sources.every((path) => isEmpty(path) || doubtful(path));
      const { strangers, ...rest } = isScanless ? withOthers(passed) : passed.overlooked;
      const empty = sources.filter(isEmpty);
      told ||= !sources.some(doubtful);
      const what = new Map([...(rest.what ?? []), ...empty.map((path) => [path, failures.get(path)?.what] as const)]);
      return { ...rest, strangers: told ? [...strangers, ...empty] : [], what };
    },
    resting: () =>
      [...failures.values()].some(
        (failure) => isDoubtful(failure) || (!failure.empty && !failure.told && now() - failure.since < UNTOLD_MS),
      ),
    forget() {
      failures.clear();
      told = false;
    },
  };
}

/** What a refusal says of a file behind its path. Of one that comes from another process there is only the whole message. */
function whatOf(path: string, error: unknown): string | undefined {
  if (!(error instanceof BraggwatchError)) return undefined;
  const { message, code } = error;
  const [before, after] = [`(${path} is `, `) ${errorCatalogue[code].todo}`];
  const from = message.indexOf(before);
  return from >= 0 && message.endsWith(after) ? message.slice(from + before.length, -after.length) : undefined;
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
