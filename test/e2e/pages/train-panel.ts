import type { Locator, Page } from '@playwright/test';

/** The part of it that makes a network for the beamtime. */
export class AdaptPanel {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  get status(): Locator {
    return this.root.locator('strong[role=status]');
  }

  get progress(): Locator {
    return this.root.getByRole('progressbar', { name: 'Of this step' });
  }

  /** Raw scans of one kind, or all, as the table has them. */
  row(kind: string): Locator {
    return this.root
      .getByRole('table', { name: 'Raw scans judged by both' })
      .getByRole('row', { name: new RegExp(`^${kind} `) });
  }
}

export class TrainPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly form: Locator;
  readonly job: Locator;
  readonly curves: Locator;
  readonly models: Locator;
  readonly adapting: AdaptPanel;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('main', { name: 'Train' });
    this.form = this.root.getByRole('region', { name: 'New training' });
    this.job = this.root.getByRole('region', { name: 'Training', exact: true });
    this.curves = this.root.getByRole('region', { name: 'Curves' });
    this.adapting = new AdaptPanel(this.root.getByRole('region', { name: 'This beamtime' }));
    this.models = this.root.getByRole('region', { name: 'Models' });
  }

  field(label: string): Locator {
    return this.form.getByRole('textbox', { name: label, exact: true });
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  /** The path of a data set, by its label. */
  set(label: string): Locator {
    return this.form.getByRole('combobox', { name: label, exact: true });
  }

  /** The path of the data set, where there is one. */
  get dataset(): Locator {
    return this.set('Data set');
  }

  get start(): Locator {
    return this.form.getByLabel('Begin with');
  }

  get network(): Locator {
    return this.form.getByLabel('Network');
  }

  get folder(): Locator {
    return this.form.getByLabel('Folder of the model');
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  get status(): Locator {
    return this.job.locator('strong');
  }

  get progress(): Locator {
    return this.job.getByRole('progressbar', { name: 'Steps taken' });
  }

  chart(quantity: 'Loss' | 'Accuracy'): Locator {
    return this.curves.getByRole('img', { name: new RegExp(`^${quantity}`) });
  }

  /** Lines of a chart as they are drawn. */
  lines(quantity: 'Loss' | 'Accuracy'): Locator {
    return this.chart(quantity).locator('.scatterlayer .trace');
  }

  model(name: string): Locator {
    return this.models.getByRole('radio', { name: new RegExp(`^${name} `) });
  }

  get compare(): Locator {
    return this.curves.getByLabel('Compare with');
  }

  get numbers(): Locator {
    return this.models.getByRole('table', { name: 'Numbers' });
  }

  matrix(name: string): Locator {
    return this.models.getByRole('table', { name: new RegExp(`Confusion matrix of ${name}:`) });
  }
}
