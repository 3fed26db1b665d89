import type { GeometryFile } from '@contract/geometry';
import type { AppInfo } from '@contract/app';
import type { ReductionMethod, VerdictLine } from '@contract/scan';
import type { EngineRequest } from '@main/engine/choice';
import type { Launcher } from '@main/process/launcher';
import type { Desktop } from './desktop';
import type { Queue } from '@main/beamtime/queue';
import type { Rows } from '@main/beamtime/rows';
import type { App, PickFolder } from './types';

export interface AppOptions {
  readonly launcher: Launcher;
  /** Folder of the ledger and the results; on a local disk. */
  readonly home: string;
  readonly shell: AppInfo['shell'];
  /** What it is started as, for whoever finds its home taken. */
  readonly what?: string;
  /** A shipped model's name or a folder's path. */
  readonly model?: string;
  readonly engine?: EngineRequest;
  /** A second model to ask beside it; the shipped one when left out, null for none. */
  readonly beside?: string | null;
  readonly method?: ReductionMethod;
  /** Overrides of every scan's geometry. */
  readonly geometry?: GeometryFile | undefined;
  /** Watched from the start; otherwise what was watched last. */
  readonly watch?: { readonly folder: string; readonly preset?: string };
  /** Folders besides the watched one into which links, and what scans' files name, may lead. */
  readonly allowed?: readonly string[];
  /** Folders that a screen may choose to watch. */
  readonly roots?: readonly string[];
  /** Whoever has a full screen may have it watch any other folder that this account may read, after a question. */
  readonly openFolders?: boolean;
  /** The native folder dialog, where the shell has one. */
  readonly pickFolder?: PickFolder;
  /** What only a desktop can do: native dialogs, PDF, notifications. */
  readonly desktop?: Desktop;
  /** The app is all demo: where its simulated scans land. */
  readonly demo?: { readonly folder: string };
  /** Whether judged scans are looked into by themselves when nothing waits to be judged; left out, those that a screen asks for. */
  readonly inside?: 'by-itself';
  readonly onLine?: (line: VerdictLine) => void;
}

/** The running app, with what a command wants to know beyond the screen's contract. */
export interface RunningApp extends App {
  readonly rows: Rows;
  readonly queue: Queue;
  /** Whether scans rest that will be judged without anything else happening. */
  resting(): boolean;
  /** Plays the demo's beamtime, as a job of the list. @param speed see `playBeamtime` */
  playDemo(speed: number): Promise<void>;
}
