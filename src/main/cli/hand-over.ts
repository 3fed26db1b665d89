import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { SIZE } from '@core/reduce/target';
import { handOverOf, writeHandOver, type Receiver } from '@main/retrieval/hand-over';
import { inputOf } from '@main/retrieval/input';
import { createStarter } from '@main/retrieval/threads';
import { oneScan, openBatch } from './batch';
import { complainOf, EXIT, print } from './output';
import { lookWith, type RetrieveCommandOptions } from './retrieve';

export interface HandOverCommandOptions extends Omit<RetrieveCommandOptions, 'size'> {
  readonly for: Receiver;
  readonly out: string;
}

/** `hand-over PATH --for pynx|cohere|cdiutils --out DIR`: what that program starts from, with the body that retrieval found as its support. */
export async function handOver(path: string, options: HandOverCommandOptions): Promise<number> {
  const batch = openBatch([path], { ...options, engine: 'auto' });
  const starter = createStarter(availableParallelism());
  try {
    const facts = await oneScan(path, batch, options.scan);
    const wishes = { ...batch.optionsFor(facts), unblurred: SIZE, detector: true };
    const { kept, warnings } = await batch.scans.call('reduce', facts.ref, wishes);
    const record = await batch.scans.call('reduced', kept);
    if (!record.detector) throw new BraggwatchError('frames-absent', facts.name);
    const inside = await lookWith(facts.name, inputOf(record), starter, options);
    const scan = handOverOf(record, inside.body);
    const files = writeHandOver(resolve(options.out), options.for, scan);
    warnings.forEach(complainOf);
    const { name, source, part } = scan;
    if (options.json) print(JSON.stringify({ scan: name, source, for: options.for, shape: part.shape, files }));
    else print(`${name}  ${part.shape.join(' x ')}  ${files.length} files in ${resolve(options.out)}`);
    return EXIT.done;
  } finally {
    starter.close();
    batch.close();
  }
}
