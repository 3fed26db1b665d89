/** One open wire to the app. */
export interface Wire {
  send(message: unknown): void;
}

/** What a transport tells about itself. */
export interface TransportEvents {
  opened(wire: Wire): void;
  message(message: unknown): void;
  /** @param refused whether an app answers that does not take this screen any more */
  lost(refused?: boolean): void;
}

/** Opens a wire, and opens it again whenever it is lost, where that is possible. */
export type Transport = (events: TransportEvents) => void;
