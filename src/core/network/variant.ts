import type { NetworkDescription } from './description';

/** What a training may choose of a network; what is left out stays. */
export interface Variant {
  readonly dropout?: number | undefined;
  /** Of the first layer. 2 stands in for its pool: a quarter of the work, and the later layers are the same. */
  readonly stride?: 1 | 2 | undefined;
  readonly window?: number | undefined;
  readonly compression?: NetworkDescription['compression'] | undefined;
  readonly floor?: number | undefined;
}

/** A network with another choice made. */
export function vary(network: NetworkDescription, variant: Variant): NetworkDescription {
  const { dropout, stride, window, compression, floor } = variant;
  const convolutions = network.convolutions.map((layer, i) =>
    i > 0 || stride === undefined || stride === layer.stride ? layer : { ...layer, stride, pool: stride === 1 },
  );
  return {
    ...network,
    convolutions,
    dropout: dropout ?? network.dropout,
    window: window ?? network.window,
    compression: compression ?? network.compression,
    floor: floor ?? network.floor,
  };
}
