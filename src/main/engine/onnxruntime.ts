import { createRequire } from 'node:module';
import type * as Runtime from 'onnxruntime-node';

// Before the library is loaded, and so not by an import, which a bundler may put first: onnxruntime's own telemetry looks up
// an outside host, keeps a device id in the user's cache folder and leaves a debug file in the temporary one.
// https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const runtime = createRequire(import.meta.url)('onnxruntime-node') as typeof Runtime;

/** The one place where onnxruntime is loaded; nothing else imports it but its types (linted). */
export const { InferenceSession, Tensor } = runtime;
export type InferenceSession = Runtime.InferenceSession;
export type Tensor = Runtime.Tensor;
