import { createContext } from 'svelte';
import type { Remembered } from './remembered';

/** Switches, all off until somebody turns them on. */
export const switchNames = ['notify-defective', 'notify-unsure', 'sound'] as const;
export type SwitchName = (typeof switchNames)[number];

/** What a person set once on this screen: their name, what they want to be told, which notices they have read. */
export class ScreenSettings {
  readonly #remembered: Remembered;
  #observer = $state('');
  #on = $state.raw<readonly SwitchName[]>([]);
  #read = $state.raw<readonly string[]>([]);

  constructor(remembered: Remembered) {
    this.#remembered = remembered;
    this.#observer = remembered.read('observer') ?? '';
    this.#on = switchNames.filter((name) => remembered.read(name) === 'on');
  }

  /** The name under which this screen's judgements are kept; empty: the account's. */
  get observer(): string {
    return this.#observer;
  }

  setObserver(name: string): void {
    this.#observer = name.trim().slice(0, 60);
    this.#remembered.write('observer', this.#observer);
  }

  isOn(name: SwitchName): boolean {
    return this.#on.includes(name);
  }

  turn(name: SwitchName, on: boolean): void {
    this.#on = switchNames.filter((each) => (each === name ? on : this.#on.includes(each)));
    this.#remembered.write(name, on ? 'on' : 'off');
  }

  /** Whether a notice that is shown once has been put away. */
  hasRead(notice: string): boolean {
    return this.#read.includes(notice) || this.#remembered.read(`read-${notice}`) === 'yes';
  }

  putAway(notice: string): void {
    this.#read = [...this.#read, notice];
    this.#remembered.write(`read-${notice}`, 'yes');
  }
}

export const [useScreenSettings, provideScreenSettings] = createContext<ScreenSettings>();
