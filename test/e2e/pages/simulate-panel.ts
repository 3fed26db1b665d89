import { expect, type Locator, type Page } from '@playwright/test';

export class SimulatePanel {
  readonly page: Page;
  readonly root: Locator;
  readonly recipe: Locator;
  readonly crystal: Locator;
  readonly pattern: Locator;
  readonly job: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('main', { name: 'Simulate' });
    this.recipe = this.root.getByRole('region', { name: 'Recipe' });
    this.crystal = this.root.getByRole('region', { name: 'Crystal' });
    this.pattern = this.root.getByRole('region', { name: 'Simulated pattern' });
    this.job = this.root.getByRole('region', { name: 'Simulation' });
  }

  get picker(): Locator {
    return this.recipe.getByRole('combobox', { name: 'Recipe' });
  }

  field(label: string): Locator {
    return this.recipe.getByRole('textbox', { name: label, exact: true });
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  get outlook(): Locator {
    return this.recipe.getByRole('status').last();
  }

  get atoms(): Locator {
    return this.crystal.getByRole('application');
  }

  /** The picture of the crystal, as it is on the screen. */
  pixels(): Promise<string> {
    return this.atoms.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }

  /**
   * Waits for a crystal whose facts say so, built and relaxed: while a recipe is typed those of its earlier states come by, and relaxing
   * changes the picture once more.
   */
  async settled(facts: RegExp | string, patience: { readonly timeout: number }): Promise<void> {
    await expect(this.crystal.locator('dl')).toHaveText(facts, patience);
    await expect(this.crystal.getByRole('status')).not.toHaveText(/Building|is relaxing/, patience);
    // Between the crystal that is built and the word that it is being relaxed there is a moment without either.
    await expect(this.crystal).toContainText(/Relaxed by LAMMPS/, patience);
  }

  get cuts(): Locator {
    return this.pattern.getByRole('application');
  }

  get folder(): Locator {
    return this.job.getByLabel('Folder of the set');
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  get status(): Locator {
    return this.job.locator('strong');
  }

  get progress(): Locator {
    return this.job.getByRole('progressbar', { name: 'Crystals made' });
  }
}
