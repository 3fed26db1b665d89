import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { Handlers } from '@contract/procedures';
import { demoRecipe } from '@main/demo/recipe';
import type { DemoWorkerFunctions } from '@main/demo/worker';
import type { Board, JobLine } from '@main/jobs/board';
import type { Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import { AUTO_PRESET } from '@main/ledger/settings';
import { isWithin } from '@main/files/roots';
import { isFinal, type Rows } from '@main/beamtime/rows';
import type { Watching } from '@main/beamtime/watching';

export interface DemoTools {
  readonly launcher: Launcher;
  /** The app's own folder. */
  readonly home: string;
  readonly rows: Rows;
  readonly board: Board;
  readonly watching: Watching;
  /** Where it lands, and stays, in an app that is all demo; otherwise in a folder of the app's own, for as long as that is watched. */
  readonly into: string | undefined;
}

/** The demo's beamtime, played from the first-run guide or by the command. */
export interface PlayedDemo {
  readonly handlers: Pick<Handlers, 'demo/play'>;
  /** Plays it; resolves when the last scan has landed, paused in between or not, judged or not. @param speed see `playBeamtime` */
  play(speed: number): Promise<void>;
  /** Another folder is watched: the simulated scans leave the list, so that no count ever holds them. */
  leave(folder: string): void;
  close(): void;
}

const JOB = 'demo';
const LOOK_MS = 1000;
const TIMEOUT_MS = 3_600_000;

export function createPlayedDemo({ launcher, home, rows, board, watching, into }: DemoTools): PlayedDemo {
  const root = into ?? join(home, 'demo');
  const folder = into ?? join(root, 'RAW_DATA');
  const total = demoRecipe.scans.length;
  let player: Worker<DemoWorkerFunctions> | undefined;
  let look: NodeJS.Timeout | undefined;
  let speed = 1;
  /** The last scan has landed: the job goes on until it is judged too. */
  let landed = false;
  /** Whoever waits for the last scan. */
  let waiting: { landed(): void; failed(error: unknown): void } | undefined;

  const mine = () => rows.all().filter(({ source }) => isWithin(root, source));
  const judged = (): number => Math.min(total, mine().filter(isFinal).length);
  const tell = (status: JobLine['status'], problem: JobLine['problem'] = null): void => {
    const done = judged();
    const line: JobLine = { kind: 'demo', name: demoRecipe.sample, folder, status, done, total, problem };
    board.tell(JOB, line, { pause: () => end('stopped'), resume: play, cancel: () => end('stopped') });
  };
  const end = (status: 'stopped' | 'done' | 'failed', problem?: JobLine['problem']): void => {
    if (!player) return;
    clearInterval(look);
    player.close();
    player = undefined;
    tell(status, problem);
  };
  const play = (): void => {
    if (player) return;
    mkdirSync(folder, { recursive: true });
    const mine = createWorker<DemoWorkerFunctions>(launcher, 'demo-worker', { timeoutMs: TIMEOUT_MS });
    player = mine;
    landed = false;
    tell('running');
    look = setInterval(() => (landed && judged() === total ? end('done') : tell('running')), LOOK_MS);
    mine.call('play', folder, { speed }).then(
      () => {
        if (player !== mine) return;
        landed = true;
        waiting?.landed();
      },
      (error: unknown) => {
        // Its process is ended to pause it, which is no failure.
        if (player !== mine) return;
        end('failed', problemOf(error, 'demo'));
        waiting?.failed(error);
      },
    );
  };

  // Interrupted with the app: what has landed stays, and it can be gone on with.
  if (watching.remembered()?.folder === folder && mine().length < total) tell('stopped');

  return {
    handlers: {
      'demo/play': async () => {
        const { folder: watched } = watching.state();
        if (watched !== null && watched !== folder) throw new BraggwatchError('demo-beside', watched);
        mkdirSync(folder, { recursive: true });
        const state = await watching.start(folder, AUTO_PRESET);
        play();
        return state;
      },
    },
    play(wanted) {
      speed = wanted;
      return new Promise((landed, failed) => {
        waiting = { landed, failed };
        play();
      });
    },
    leave(next) {
      if (into !== undefined || isWithin(root, next) || !existsSync(root)) return;
      end('stopped');
      board.tell(JOB, null);
      for (const { id, nexus } of mine()) {
        rows.remove(id);
        if (nexus) rmSync(nexus, { force: true });
      }
      rmSync(root, { recursive: true, force: true });
    },
    close() {
      clearInterval(look);
      const playing = player;
      player = undefined;
      playing?.close();
    },
  };
}
