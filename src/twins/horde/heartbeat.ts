import type { Json } from './json.ts';

export const VERSION = '5.1.5';

/** `GET /v2/status/heartbeat`: 200 whatever it says. */
export const heartbeat = (): Json => ({
  message: 'OK',
  version: VERSION,
  queue: 0,
  threads: 16,
  active_count: 0,
  db_connection: true,
});
