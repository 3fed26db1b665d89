import { fromProblem } from '@contract/errors';
import type { AppInfo } from '@contract/app';
import type { Classifier } from '@main/models/classifier';
import metadata from '../../../package.json' with { type: 'json' };
import type { Alerts } from './alerts';

/** What the app says of itself. */
export interface Info {
  now(): AppInfo;
  /** Loads the model if that has not happened yet, and says which it is, or why there is none. Never throws */
  announceModel(): Promise<void>;
}

export function createInfo(
  shell: Pick<AppInfo, 'shell' | 'canPickFolder' | 'canOpenFolders' | 'demo'>,
  classifier: Pick<Classifier, 'facts'>,
  alerts: Pick<Alerts, 'set'>,
  changed: (info: AppInfo) => void,
): Info {
  let info: AppInfo = { version: metadata.version, ...shell, engine: null, model: null, readOnly: false };
  return {
    now: () => info,
    async announceModel() {
      try {
        const { name, hash, summary, engine, provisional, classes, beside } = await classifier.facts();
        info = {
          ...info,
          engine,
          model: { name, hash, summary, provisional: provisional !== null, classes: [...classes] },
        };
        changed(info);
        alerts.set('model', undefined);
        alerts.set('model-beside', beside && 'problem' in beside ? fromProblem(beside.problem) : undefined);
      } catch (error) {
        alerts.set('model', error);
      }
    },
  };
}
