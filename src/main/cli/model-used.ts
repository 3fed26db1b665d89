import { join } from 'node:path';
import { FIRST_MODEL } from '@main/models/model-choice';
import { chosenModelSchema } from '@main/ledger/settings';
import { modelId } from '@main/engine/model';
import { defaultHome } from '@main/files/home';
import { peekSetting } from '@main/ledger/peek';
import { complain } from './output';

/** The model that the app on this machine judges by; undefined where nobody ever chose one. */
export function modelOfApp(home: string = defaultHome()): string | undefined {
  try {
    return chosenModelSchema.safeParse(JSON.parse(peekSetting(join(home, 'ledger.sqlite'), 'model') ?? 'null')).data
      ?.active;
  } catch {
    return undefined;
  }
}

/**
 * The model of a command without a running app: what stands in the command line, or the one that comes with the program. Never the one
 * chosen in the app: the same line on the same files is to say the same next year, and on the cluster. Says so on stderr.
 */
export function modelUsed(asked: string | undefined): string {
  const used = modelId(asked ?? FIRST_MODEL);
  const chosen = asked === undefined ? modelOfApp() : undefined;
  complain(
    chosen === undefined || chosen === used
      ? `Model: ${used}`
      : `Model: ${used}. The app here judges by ${chosen}; --model ${chosen} takes that one.`,
  );
  return used;
}
