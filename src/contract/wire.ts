import { ExtensionCodec, decode, encode } from '@msgpack/msgpack';

/** Largest message a screen may send; presets are the largest thing there is. */
export const maxRequestBytes = 256 * 1024;

/** Bytes travel as an extension, because msgpack's own binary type decodes to an unaligned view that no Float32Array can lie on. */
const bytesType = 1;
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: bytesType,
  encode: (value) => (value instanceof Uint8Array ? value : null),
  // Not `slice`: on Node's Buffer that is a view again.
  decode: (data) => new Uint8Array(data),
});

/** A message of the web shell's socket as bytes. Keys that are undefined are left out, as in JSON. */
export const encodeMessage = (message: unknown): Uint8Array<ArrayBuffer> =>
  encode(message, { extensionCodec, ignoreUndefined: true });

/** @throws RangeError, DecodeError for bytes that are no message, or hold a `__proto__` key */
export const decodeMessage = (bytes: ArrayBuffer | Uint8Array): unknown => decode(bytes, { extensionCodec });
