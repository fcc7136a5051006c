export const late = Symbol('late');

/** What it comes to, or `late`. It is not stopped then; should it fail afterwards, nobody is told. */
export function within<Value>(promise: Promise<Value>, ms: number): Promise<Value | typeof late> {
  return new Promise((resolve, reject) => {
    // A process that was busy itself looks at what has arrived meanwhile before it calls anybody late.
    const timer = setTimeout(() => setImmediate(resolve, late), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The same by ten looks: a process that was busy itself for all of that time has waited for a tenth of it only. */
export async function patiently<Value>(promise: Promise<Value>, ms: number): Promise<Value | typeof late> {
  for (let looks = 0; looks < 10; looks += 1) {
    const came = await within(promise, ms / 10);
    if (came !== late) return came;
  }
  return late;
}
