import type { TwinReply } from '../server.ts';
import { json } from './replies.ts';

/** The page of the web client, which answers every GET that no route takes. */
export const html: TwinReply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Open WebUI</title></head><body><div id="app"></div></body></html>',
};

export const methodNotAllowed: TwinReply = json({ detail: 'Method Not Allowed' }, 405);

export const notFound: TwinReply = json({ detail: 'Not Found' }, 404);
