import { createContext } from 'svelte';
import { colourMapNames, type ColourMapName } from '@renderer/drawing/slices/colour-map';
import { limitNames, type Ends, type LimitName } from '@renderer/drawing/slices/limits';
import { scaleNames, type ScaleName } from '@renderer/drawing/slices/scale';
import { viewNames, type ViewName } from '@renderer/shell/names';
import { Remembered, type Storage } from './remembered';

/** In the order in which a key goes through them. */
export const themeNames = ['light', 'dark', 'night'] as const;
export type Theme = (typeof themeNames)[number];

const oneOf = <T extends string>(choices: readonly T[], value: string | null): T | null =>
  choices.find((choice) => choice === value) ?? null;

/** What a user chose once and finds again: theme, colour map, intensity scale, and the view it was left in. */
export class Preferences {
  readonly remembered: Remembered;
  #chosenTheme = $state<Theme | null>(null);
  #systemTheme = $state<Theme>('light');
  #colourMap = $state<ColourMapName>('viridis');
  #scale = $state<ScaleName>('log');
  #limits = $state<LimitName>('auto');
  #ends = $state.raw<Ends>({ low: 0, high: 1 });
  #view = $state<ViewName>('watch');

  constructor(storage: Storage, systemTheme: Theme) {
    this.remembered = new Remembered(storage);
    this.#systemTheme = systemTheme;
    this.#chosenTheme = oneOf(themeNames, this.remembered.read('theme'));
    this.#colourMap = oneOf(colourMapNames, this.remembered.read('colour-map')) ?? 'viridis';
    this.#scale = oneOf(scaleNames, this.remembered.read('scale')) ?? 'log';
    // Ends set by hand suit the scan they were set for; the night after, they would only surprise.
    this.#limits = oneOf(limitNames.slice(0, -1), this.remembered.read('limits')) ?? 'auto';
    this.#view = oneOf(viewNames, this.remembered.read('view')) ?? 'watch';
  }

  /** The system's theme until the user chooses another. */
  get theme(): Theme {
    return this.#chosenTheme ?? this.#systemTheme;
  }

  get colourMap(): ColourMapName {
    // Anything but red would undo what the night theme is for: eyes that are used to the dark.
    return this.theme === 'night' ? 'red' : this.#colourMap;
  }

  get scale(): ScaleName {
    return this.#scale;
  }

  get limits(): LimitName {
    return this.#limits;
  }

  /** The colour bar's ends while `limits` is `manual`. */
  get ends(): Ends {
    return this.#ends;
  }

  get view(): ViewName {
    return this.#view;
  }

  setView(name: ViewName): void {
    this.#view = name;
    this.remembered.write('view', name);
  }

  /** What was kept under a name at an earlier time; undefined where that is nothing, or not to be read. */
  kept(name: string): unknown {
    try {
      return JSON.parse(this.remembered.read(name) ?? 'null') as unknown;
    } catch {
      return undefined;
    }
  }

  keep(name: string, value: unknown): void {
    this.remembered.write(name, JSON.stringify(value));
  }

  followSystem(theme: Theme): void {
    this.#systemTheme = theme;
  }

  setTheme(theme: Theme): void {
    this.#chosenTheme = theme;
    this.remembered.write('theme', theme);
  }

  get nextTheme(): Theme {
    return after(themeNames, this.theme);
  }

  /** Light, dark, night, and light again. */
  cycleTheme(): void {
    this.setTheme(this.nextTheme);
  }

  setColourMap(name: ColourMapName): void {
    this.#colourMap = name;
    this.remembered.write('colour-map', name);
  }

  nextColourMap(): void {
    this.setColourMap(after(colourMapNames, this.#colourMap));
  }

  setScale(name: ScaleName): void {
    this.#scale = name;
    this.remembered.write('scale', name);
  }

  nextScale(): void {
    this.setScale(after(scaleNames, this.#scale));
  }

  setLimits(name: LimitName): void {
    this.#limits = name;
    if (name !== 'manual') this.remembered.write('limits', name);
  }

  setEnds(ends: Ends): void {
    this.#ends = ends;
    this.#limits = 'manual';
  }
}

export const [usePreferences, providePreferences] = createContext<Preferences>();

function after<T>(choices: readonly T[], now: T): T {
  return choices[(choices.indexOf(now) + 1) % choices.length]!;
}
