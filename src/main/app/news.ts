import { fromProblem } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { Alert, AppInfo, Emit, EventName, EventPayload } from '@contract/procedures';
import { version } from '../../../package.json';
import type { Classifier } from '@main/models/classifier';
import type { App } from './types';

/** What the screens are told: who listens, what the app says of itself, and what is wrong at present. */
export interface News {
  readonly emit: Emit;
  readonly subscribe: App['subscribe'];
  readonly info: () => AppInfo;
  readonly alerts: () => Alert[];
  /** Raises the alert of that name; undefined takes it back. */
  setAlert(id: string, error: unknown): void;
  /** Loads the model if that has not happened yet, and says which it is, or why there is none. */
  announceModel(classifier: Pick<Classifier, 'facts'>): Promise<void>;
}

export function createNews(app: Pick<AppInfo, 'shell' | 'canPickFolder' | 'demo'>): News {
  const listeners = new Set<Emit>();
  const alerts = new Map<string, Alert>();
  let info: AppInfo = { version, ...app, engine: null, model: null, readOnly: false };
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    for (const listener of listeners) listener(name, payload);
  };
  const setAlert = (id: string, error: unknown): void => {
    const problem = error === undefined ? undefined : problemOf(error, `alert ${id}`);
    if (problem?.message === alerts.get(id)?.problem.message) return;
    if (problem) alerts.set(id, { id, problem });
    else alerts.delete(id);
    emit('alerts-changed', [...alerts.values()]);
  };
  return {
    emit,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    info: () => info,
    alerts: () => [...alerts.values()],
    setAlert,
    async announceModel(classifier) {
      try {
        const { name, hash, summary, engine, provisional, classes, beside } = await classifier.facts();
        info = {
          ...info,
          engine,
          model: { name, hash, summary, provisional: provisional !== null, classes: [...classes] },
        };
        emit('info-changed', info);
        setAlert('model', undefined);
        setAlert('model-beside', beside && 'problem' in beside ? fromProblem(beside.problem) : undefined);
      } catch (error) {
        setAlert('model', error);
      }
    },
  };
}
