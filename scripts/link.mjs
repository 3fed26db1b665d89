// npm's `postinstall`: plain Node, no packages, so that it cannot fail an installation.
import { linkCommand } from './lib/link.mjs';

linkCommand();
