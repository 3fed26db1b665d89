import { createContext } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import { shellText } from '@renderer/shell/words';
import { text } from '@renderer/ui/words';
import type { ScreenSettings, SwitchName } from '@renderer/shell/state/screen-settings.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import { isDefectSure } from '@vocabulary/doubts';

/** News within this time are one notification. */
const gatherMs = 1500;
/** Between two notifications: a night of a hundred particles an hour must not become a hundred pop-ups at once. */
const restMs = 10_000;

/** What a notification needs of the world. */
export interface NotifyPort {
  /** Asks for what the browser wants to be asked for. @returns what stands in the way */
  prepare(name: SwitchName): Promise<NotifyTrouble | null>;
  notify(title: string, body: string): void;
  beep(): void;
}
export type NotifyTrouble = 'denied' | 'unsupported';

/** Tells of defective and unsure particles outside the window, where somebody asked for it; many at once become one. */
export class Notifier {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #settings: ScreenSettings;
  readonly #port: NotifyPort;
  #trouble = $state<NotifyTrouble | null>(null);
  #pending: ScanSummary[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor(connection: Connection, queue: Queue, settings: ScreenSettings, port: NotifyPort) {
    this.#connection = connection;
    this.#queue = queue;
    this.#settings = settings;
    this.#port = port;
  }

  get trouble(): NotifyTrouble | null {
    return this.#trouble;
  }

  async prepare(name: SwitchName): Promise<void> {
    this.#trouble = await this.#port.prepare(name);
  }

  /** Listens; to be started before the session, so that the queue still holds what was known before. */
  start(): () => void {
    const stop = this.#connection.on('scan-changed', (scan) => {
      if (!this.#isNews(scan)) return;
      this.#pending.push(scan);
      this.#timer ??= setTimeout(() => this.#tell(), Math.max(gatherMs, this.#lastAt + restMs - Date.now()));
    });
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** A final verdict that was not known, of a kind that somebody wants to hear of. */
  #isNews({ id, state, verdict, judgedAt }: ScanSummary): boolean {
    if (!this.#queue.loaded || state !== 'classified' || !verdict || verdict.early || !judgedAt) return false;
    if (this.#queue.scans.find((known) => known.id === id)?.judgedAt === judgedAt) return false;
    return isDefectSure(verdict)
      ? verdict.class !== 'perfect' && this.#settings.isOn('notify-defective')
      : this.#settings.isOn('notify-unsure');
  }

  #tell(): void {
    const gathered = this.#pending;
    this.#pending = [];
    this.#timer = undefined;
    this.#lastAt = Date.now();
    const words = shellText.notification;
    const [only] = gathered;
    if (!only?.verdict) return;
    const sureOnes = gathered.filter(({ verdict }) => verdict && isDefectSure(verdict)).length;
    if (gathered.length === 1) {
      const { verdict } = only;
      const of = text.classes[verdict.class];
      const said = verdict.sure ? of : isDefectSure(verdict) ? words.kindUnsure(of) : words.unsure(of);
      this.#port.notify(said, `${only.scan} ${only.title}`.trim());
    } else {
      const names = gathered.map(({ scan }) => scan);
      this.#port.notify(words.many(sureOnes, gathered.length - sureOnes), words.list(names.slice(0, 5), names.length));
    }
    if (this.#settings.isOn('sound')) this.#port.beep();
  }
}

export const [useNotifier, provideNotifier] = createContext<Notifier>();
