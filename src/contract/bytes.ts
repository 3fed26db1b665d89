import { z } from 'zod';

/** Bytes, whatever buffer stands behind them. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes expected');
