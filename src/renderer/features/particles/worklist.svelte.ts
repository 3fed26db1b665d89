import { createContext } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import { controlOf, controls, moveCommand, type Control } from '@vocabulary/moves';
import { keysOf } from '@vocabulary/keys';
import { copyText } from '@renderer/ui/clipboard';
import { particlesText } from './words';

/** What of the worklist outlasts its panel: whether a key asked for it, in whose words moves are copied, what was said of the last. */
export class Worklist {
  readonly #preferences: Preferences;
  #asked = $state(false);
  #control = $state<Control | null>(null);
  #said = $state('');

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const kept = preferences.kept('moves');
    this.#control = keysOf(controls).find((name) => name === kept) ?? null;
  }

  /** A key asked for it: the panel takes the focus as soon as it has a row. */
  get asked(): boolean {
    return this.#asked;
  }

  ask(): void {
    this.#asked = true;
  }

  answered(): void {
    this.#asked = false;
  }

  /** null: as each scan's own files tell. */
  get control(): Control | null {
    return this.#control;
  }

  speak(control: Control | null): void {
    this.#control = control;
    this.#preferences.keep('moves', control);
  }

  get said(): string {
    return this.#said;
  }

  say(words: string): void {
    this.#said = words;
  }

  /** The line that moves the stage to where a scan was taken; null where it records no position. */
  moveTo({ position, format }: ScanSummary): string | null {
    return position?.readings ? moveCommand(position.readings, this.#control ?? controlOf(format)) : null;
  }

  async copy(scan: ScanSummary): Promise<void> {
    const command = this.moveTo(scan);
    if (command === null) return this.say(particlesText.noPlace(scan.scan));
    const words = (await copyText(command)) ? particlesText.copied : particlesText.byHandCopy;
    this.say(words(command));
  }
}

export const [useWorklist, provideWorklist] = createContext<Worklist>();
