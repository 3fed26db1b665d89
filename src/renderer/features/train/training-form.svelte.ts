import { toProblem, type Problem } from '@contract/errors';
import type { NetworkName, TrainingCheck, TrainingForm, TrainingRequest } from '@contract/training';
import type { Connection } from '@renderer/connection/types';
import { AfterTyping } from '@renderer/connection/after-typing';
import { errorsOf, typedNumber, type FieldErrors } from '@renderer/ui/form';

const pauseMs = 300;

/** The options that are worth a field; the rest keep their defaults, or are for the command. */
export const optionNames = ['epochs', 'batch', 'rate', 'patience', 'average', 'seed', 'patterns'] as const;
export type OptionName = (typeof optionNames)[number];

/** The training that is being put together. */
export class TrainingDraft {
  readonly #connection: Connection;
  #form = $state.raw<TrainingForm | null>(null);
  /** As typed: one may still be empty. */
  #datasets = $state.raw<readonly string[]>(['']);
  #folder = $state('');
  #network = $state<NetworkName>('three-class');
  #start = $state.raw<string | null>(null);
  #values = $state.raw<Readonly<Partial<Record<OptionName, string>>>>({});
  #checked = $state.raw<TrainingCheck | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #typing = new AfterTyping(pauseMs);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get form(): TrainingForm | null {
    return this.#form;
  }

  get datasets(): readonly string[] {
    return this.#datasets;
  }

  /** The model to begin with; null for random weights. */
  get start(): string | null {
    return this.#start;
  }

  get folder(): string {
    return this.#folder;
  }

  get network(): NetworkName {
    return this.#network;
  }

  get values(): Readonly<Partial<Record<OptionName, string>>> {
    return this.#values;
  }

  /** What the app says of it; null while that is being asked. */
  get checked(): TrainingCheck | null {
    return this.#checked;
  }

  /** Why it could not be checked. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get errors(): FieldErrors {
    return errorsOf(this.#checked?.issues ?? []);
  }

  get ready(): boolean {
    const { issues = [], patterns = null, datasetProblem, kind } = this.#checked ?? {};
    return issues.length === 0 && patterns !== null && !datasetProblem && (kind === 'new' || kind === 'empty');
  }

  get request(): TrainingRequest {
    const options = Object.fromEntries(
      Object.entries(this.#values)
        .filter(([, typed]) => typed.trim() !== '')
        .map(([name, typed]) => [name, typedNumber(typed)]),
    );
    const datasets = this.#datasets.map((typed) => typed.trim()).filter((typed) => typed !== '');
    return { datasets, folder: this.#folder.trim(), network: this.#network, start: this.#start, options };
  }

  /** Asks what there is; what was typed stays. */
  async load(): Promise<void> {
    const before = this.#form;
    const form = await this.#connection.call('training/form', undefined);
    this.#form = form;
    if (!before) {
      const known = optionNames.filter((name) => typeof form.defaults[name] === 'number');
      const defaults = Object.fromEntries(known.map((name) => [name, String(form.defaults[name])]));
      this.#values = { ...defaults, ...this.#values };
    }
    if (this.#datasets.join('') === '') this.#datasets = [form.sets[0]?.folder ?? ''];
    // A folder that was only proposed makes way: something may have been put there since.
    if (!before || Object.values(before.folders).includes(this.#folder)) this.#folder = form.folders[this.#network];
    await this.check();
  }

  setDataset(n: number, folder: string): void {
    this.#datasets = this.#datasets.with(n, folder);
    this.#changed();
  }

  addDataset(): void {
    this.#datasets = [...this.#datasets, ''];
  }

  /** The last one stays, emptied. */
  removeDataset(n: number): void {
    this.#datasets = this.#datasets.length > 1 ? this.#datasets.toSpliced(n, 1) : [''];
    this.#changed();
  }

  setStart(model: string | null): void {
    this.#start = model;
    this.#changed();
  }

  setFolder(folder: string): void {
    this.#folder = folder;
    this.#changed();
  }

  setNetwork(network: NetworkName): void {
    const proposed = this.#form !== null && Object.values(this.#form.folders).includes(this.#folder);
    this.#network = network;
    // A model of the other network has other weights.
    this.#start = null;
    if (proposed && this.#form) this.#folder = this.#form.folders[network];
    this.#changed();
  }

  set(name: OptionName, value: string): void {
    this.#values = { ...this.#values, [name]: value };
    this.#changed();
  }

  async browse(n: number): Promise<void> {
    const folder = await this.#connection.call('training/pick-folder', undefined);
    if (folder !== null) this.setDataset(n, folder);
  }

  /** Has the app check it; of several checks the last one asked for counts. */
  async check(): Promise<void> {
    const counts = this.#typing.ask();
    const { request } = this;
    if (request.datasets.length === 0 || request.folder === '') return;
    try {
      const checked = await this.#connection.call('training/check', request);
      if (counts()) this.#checked = checked;
    } catch (error) {
      if (counts()) this.#problem = toProblem(error);
    }
  }

  #changed(): void {
    this.#problem = null;
    this.#checked = null;
    this.#typing.typed(() => void this.check());
  }
}
