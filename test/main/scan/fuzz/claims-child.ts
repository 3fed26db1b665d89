import { formatSchema } from '@contract/scan';
import { survive } from './cases';
import { forgetPeak, peakMb } from './peak';

// Lists and reads one file, and prints what became of it and what memory that took, as one line of JSON.
const [format, path = ''] = process.argv.slice(2);
forgetPeak();
let listing = 0;
const outcome = survive(formatSchema.parse(format), path, () => (listing = peakMb()));
process.stdout.write(JSON.stringify({ outcome, listing: listing || peakMb(), peak: peakMb() }));
