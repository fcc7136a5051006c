/** Resolves at the first SIGINT, SIGTERM or SIGHUP, which a terminal sends that closes. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    // Not once: shell and terminal may both send it, and the second would end what the first lets finish.
    process.on('SIGHUP', resolve);
  });
}
