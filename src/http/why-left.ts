import { SourceError } from '../errors.ts';

/**
 * With what an answer is given up that a signal ends. The operation's own deadline is a timeout like any other to the source that was
 * asked. One that was not has kept nobody waiting: whoever reads the error must not look for the fault there.
 */
export function whyLeft({ reason }: AbortSignal, source: string, wasSent: boolean): unknown {
  const isDeadline = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isDeadline ? new SourceError(wasSent ? 'SOURCE_TIMEOUT' : 'SOURCE_NOT_ASKED', source, { cause: reason }) : reason;
}
