import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { makeExport, type ExportTools } from '@main/export';
import type { Desktop } from './desktop';

/** Exports and notifications: made here, kept and shown by the shell. */
export function createKeeping(
  tools: ExportTools,
  desktop: Desktop | undefined,
): Pick<Handlers, 'export/make' | 'export/save' | 'desktop/notify'> {
  const shell = (): Desktop => {
    if (!desktop) throw new BraggwatchError('desktop-only');
    return desktop;
  };
  return {
    'export/make': ({ format, only }) => makeExport(tools, format, only),
    'export/save': async ({ format, only }) => {
      const { saveFile, toPdf } = shell();
      const file = await makeExport(tools, format === 'pdf' ? 'report' : format, only);
      if (format === 'pdf') return saveFile(file.name.replace(/html$/, 'pdf'), await toPdf(file.text));
      return saveFile(file.name, new TextEncoder().encode(file.text));
    },
    'desktop/notify': ({ title, body }) => shell().notify(title, body),
  };
}
