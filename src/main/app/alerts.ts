import type { Alert } from '@contract/app';
import { problemOf } from '@main/process/report';

/** What is wrong at present; each alert disappears when its condition does. */
export interface Alerts {
  all(): Alert[];
  /** Raises the alert of that name; undefined takes it back. */
  set(id: string, error: unknown): void;
}

/** @param changed told of all alerts whenever one comes or goes */
export function createAlerts(changed: (alerts: Alert[]) => void): Alerts {
  const alerts = new Map<string, Alert>();
  return {
    all: () => [...alerts.values()],
    set(id, error) {
      const problem = error === undefined ? undefined : problemOf(error, `alert ${id}`);
      if (problem?.message === alerts.get(id)?.problem.message) return;
      if (problem) alerts.set(id, { id, problem });
      else alerts.delete(id);
      changed([...alerts.values()]);
    },
  };
}
