import { colourMapNames, type ColourMapName } from '../slices/colour-map';
import { scaleNames, type ScaleName } from '../slices/scale';

export type Theme = 'light' | 'dark';

/** The app's views, in the order of their tabs; each has its number as a key. */
export const viewNames = ['watch', 'simulate', 'overview'] as const;
export type ViewName = (typeof viewNames)[number];

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const oneOf = <T extends string>(choices: readonly T[], value: string | null): T | null =>
  choices.find((choice) => choice === value) ?? null;

/** What a user chose once and finds again: theme, colour map, intensity scale, and the view it was left in. */
export class Preferences {
  readonly #storage: Storage;
  #chosenTheme = $state<Theme | null>(null);
  #systemTheme = $state<Theme>('light');
  #colourMap = $state<ColourMapName>('viridis');
  #scale = $state<ScaleName>('log');
  #view = $state<ViewName>('watch');

  constructor(storage: Storage, systemTheme: Theme) {
    this.#storage = storage;
    this.#systemTheme = systemTheme;
    this.#chosenTheme = oneOf(['light', 'dark'], this.#read('theme'));
    this.#colourMap = oneOf(colourMapNames, this.#read('colour-map')) ?? 'viridis';
    this.#scale = oneOf(scaleNames, this.#read('scale')) ?? 'log';
    this.#view = oneOf(viewNames, this.#read('view')) ?? 'watch';
  }

  /** The system's theme until the user chooses another. */
  get theme(): Theme {
    return this.#chosenTheme ?? this.#systemTheme;
  }

  get colourMap(): ColourMapName {
    return this.#colourMap;
  }

  get scale(): ScaleName {
    return this.#scale;
  }

  get view(): ViewName {
    return this.#view;
  }

  setView(name: ViewName): void {
    this.#view = name;
    this.#write('view', name);
  }

  /** What was kept under a name at an earlier time; undefined where that is nothing, or not to be read. */
  kept(name: string): unknown {
    try {
      return JSON.parse(this.#read(name) ?? 'null') as unknown;
    } catch {
      return undefined;
    }
  }

  keep(name: string, value: unknown): void {
    this.#write(name, JSON.stringify(value));
  }

  followSystem(theme: Theme): void {
    this.#systemTheme = theme;
  }

  toggleTheme(): void {
    this.#chosenTheme = this.theme === 'dark' ? 'light' : 'dark';
    this.#write('theme', this.#chosenTheme);
  }

  setColourMap(name: ColourMapName): void {
    this.#colourMap = name;
    this.#write('colour-map', name);
  }

  nextColourMap(): void {
    this.setColourMap(after(colourMapNames, this.#colourMap));
  }

  setScale(name: ScaleName): void {
    this.#scale = name;
    this.#write('scale', name);
  }

  nextScale(): void {
    this.setScale(after(scaleNames, this.#scale));
  }

  #read(key: string): string | null {
    // Storage throws where the browser's settings forbid it; the screen works without.
    try {
      return this.#storage.getItem(`braggwatch.${key}`);
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): void {
    try {
      this.#storage.setItem(`braggwatch.${key}`, value);
    } catch {
      // The choice lasts until the window closes.
    }
  }
}

function after<T>(choices: readonly T[], now: T): T {
  return choices[(choices.indexOf(now) + 1) % choices.length]!;
}
