import { createContext } from 'svelte';
import type { Connection } from '@renderer/connection/types';
import { CrystalView } from './crystal-view.svelte';
import { Preview } from './preview.svelte';
import { RecipeEditor } from './recipe-editor.svelte';
import { Simulation } from './simulation.svelte';

/** All that the Simulate panel shows. */
export class Simulate {
  readonly preview: Preview;
  readonly editor: RecipeEditor;
  readonly job: Simulation;
  readonly view = new CrystalView();

  constructor(connection: Connection) {
    this.preview = new Preview(connection, () => void this.editor.check().catch(() => undefined));
    this.job = new Simulation(connection, () => void this.job.lookInto(this.editor.draft));
    this.editor = new RecipeEditor(connection, (recipe) => {
      this.preview.show(recipe);
      void this.job.lookInto(recipe);
    });
  }

  /** Everything the panel needs, anew: at its opening and after a lost connection. */
  async load(): Promise<void> {
    await Promise.all([this.job.load(), this.editor.load()]);
    await this.editor.check();
    // A recipe that turned out valid has been looked for there already.
    if (!this.editor.outlook) await this.job.lookInto(this.editor.draft);
  }
}

export const [useSimulate, provideSimulate] = createContext<Simulate>();
