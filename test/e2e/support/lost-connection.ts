/**
 * Whether a complaint of the browser is of a server that was ended: each failed attempt to reconnect is one, and so is what was under
 * way as it ended (reset) or asked for after it (refused).
 */
export const ofLostConnection = (text: string): boolean =>
  /^WebSocket connection to|net::ERR_CONNECTION_(REFUSED|RESET)$/.test(text);
