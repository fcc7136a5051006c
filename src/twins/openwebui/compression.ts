import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { TwinReply, TwinRequest } from '../server.ts';

const compressBytes = promisify(gzip);

/** Compresses text for those who accept it, from a size on where it is worth it. */
export async function compress(reply: TwinReply, request: TwinRequest): Promise<TwinReply> {
  const accepts = /\bgzip\b/.test(`${request.headers['accept-encoding'] ?? ''}`);
  const isText = /json|text/.test(`${reply.headers['content-type'] ?? ''}`);
  if (!accepts || !isText || reply.body.length < 500) return reply;
  const body = await compressBytes(reply.body, { level: 1 });
  return { ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' }, body };
}
