import { isIP, isIPv6, SocketAddress } from 'node:net';
import type { RequestHeaders } from './request-headers.ts';

/**
 * What of an address tells one client from another. Of an IPv6 address that is the first half: the other the client chooses freely,
 * and may choose anew for every request.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // In the one spelling of it that all others come down to. Of a long zone it would throw.
  const { address: spelled } = new SocketAddress({ address: address.split('%', 1)[0] ?? '', family: 'ipv6' });
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(spelled)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = '', after] = spelled.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const network = [...head, ...zeros, ...tail].slice(0, 4);
  return `${network.join(':')}::/64`;
}

/**
 * The client's address as the proxy in front tells it: the last entry, since the client may have written those before it. Null where
 * that holds no address: made-up words would make as many clients.
 */
export function addressFrom(headers: RequestHeaders, addressHeader: string): string | null {
  const last = headers.get(addressHeader)?.split(',').at(-1)?.trim() ?? '';
  const bare = last.replace(/^"|"$/g, '').replace(/^\[([^\]]*)\](:.*)?$/, '$1');
  // As a whole first: what stands behind the last colon of an IPv6 address is no port.
  return [bare, bare.replace(/:[^:]*$/, '')].find((text) => isIP(text) !== 0) ?? null;
}
