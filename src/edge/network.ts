import { isIPv6 } from 'node:net';
import type { RequestHeaders } from './request-headers.ts';

/**
 * What of an address tells one client from another. Of an IPv6 address that is the first half: the other the client chooses freely,
 * and may choose anew for every request.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const network = [...head, ...zeros, ...tail].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** The client's address as the proxy in front tells it: the last entry, since the client may have written those before it. */
export function addressFrom(headers: RequestHeaders, addressHeader: string): string | null {
  const last = headers.get(addressHeader)?.split(',').at(-1)?.trim();
  return last === undefined || last === '' ? null : last;
}
