import { createHash } from 'node:crypto';
import type { SecondLevel } from '../second-level.ts';
import { writeEntry } from './entry.ts';
import type { Fetching } from './fetching.ts';
import { fieldOf } from './names.ts';
import { readTicket, stampFor } from './ticket.ts';

/** Milliseconds; nothing is kept longer. */
const longest = 7 * 86_400_000;

/** Credential classes that are kept of one thing. With one more all of it is begun anew, so that passing callers leave nothing behind. */
const classes = 64;

/** Looks and keeps as one step. What is kept already is not shortened: each entry says itself until when it is good. */
const script = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('HLEN', KEYS[2]) >= ${classes} and redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0 then redis.call('UNLINK', KEYS[2]) end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then redis.call('PEXPIRE', KEYS[2], ARGV[4]) end
return 1`;

const scriptName = createHash('sha1').update(script).digest('hex');

type Item = Parameters<SecondLevel['put']>[0][number];

/** In one round trip. Resolves with nothing when Redis has answered, whatever it did. */
export async function putAll(items: readonly Item[], { connection, names, sources, now, refused }: Fetching): Promise<void> {
  const pipeline = connection.commands.pipeline();
  // Whoever cleared the server's scripts meanwhile, it knows this one now.
  pipeline.script('LOAD', script);
  for (const { key, kept, ticket, forMs } of items) {
    const source = sources.get(key.source);
    const content = readTicket(ticket);
    const ms = Math.min(Math.ceil(forMs), longest);
    if (source === undefined || content === null || !(ms > 0)) continue;
    const entry = writeEntry(kept, stampFor(key.what, content), now + ms);
    if (entry === undefined) continue;
    const keys = [names.generation(source.upstream), names.entry(source.upstream, key.what, key.id)];
    pipeline.evalsha(scriptName, keys.length, ...keys, content.generation, fieldOf(key.credential, source), entry, ms);
  }
  if (pipeline.length === 1) return;
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) refused(error);
}
