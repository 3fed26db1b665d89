import { z } from 'zod';

// zod compiles object schemas with `new Function`, which the content security policy refuses; this must run
// before the first schema is made, so main.ts imports this file first.
z.config({ jitless: true });
