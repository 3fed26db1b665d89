import type { Feature } from '@renderer/shell/feature';
import { beamline } from './beamline';
import { explain } from './explain';
import { exporting } from './export';
import { figures } from './figures';
import { inside } from './inside';
import { jobs } from './jobs';
import { lookAlikes } from './look-alikes';
import { overview } from './overview';
import { particles } from './particles';
import { queue } from './queue';
import { settings } from './settings';
import { share } from './share';
import { simulate } from './simulate';
import { slices } from './slices';
import { train } from './train';
import { verdict } from './verdict';

/** Everything that a person does on the screen, in the order in which the columns, the buttons and the keys stand. */
export const features: readonly Feature[] = [
  queue,
  slices,
  verdict,
  inside,
  explain,
  lookAlikes,
  overview,
  particles,
  simulate,
  train,
  figures,
  beamline,
  jobs,
  exporting,
  share,
  settings,
];
