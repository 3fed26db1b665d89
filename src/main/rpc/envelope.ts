import { z } from 'zod';

const id = z.string().min(1).max(64);

/** What a screen may send (birpc's envelope): a call of `request` that wants a reply, or the receipt of an event. */
const envelopeSchema = z.union([
  z.strictObject({ t: z.literal('q'), m: z.literal('request'), i: id, a: z.array(z.unknown()).min(1).max(2) }),
  z.strictObject({ t: z.literal('s'), i: id, r: z.unknown().optional(), e: z.unknown().optional() }),
]);

/**
 * birpc looks functions up by the name in the message and trusts the message's shape, so both are fixed here,
 * before it sees them: no `constructor`, no call without reply, no null.
 * @throws ZodError for anything else
 */
export const parseEnvelope = (message: unknown): z.infer<typeof envelopeSchema> => envelopeSchema.parse(message);
