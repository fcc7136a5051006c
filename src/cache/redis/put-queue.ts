/** Items that go together. */
const together = 1_000;

/** Round trips that have not come back. While there are so many more, Redis is behind, and what else there is waits here. */
const mostUnderWay = 4;

/** Items that wait; what comes beyond that is not kept. */
const mostWaiting = 10_000;

/** Gathers what is put in one turn, so that it goes in one round trip, and after the turn, so that no answer waits for it. */
export interface PutQueue<Item> {
  add(items: readonly Item[]): void;
}

/** `send` never rejects. */
export function createPutQueue<Item>(send: (items: readonly Item[]) => Promise<void>): PutQueue<Item> {
  const waiting: Item[] = [];
  let underWay = 0;
  let isDue = false;

  function sendOn(): void {
    isDue = false;
    if (waiting.length === 0 || underWay >= mostUnderWay) return;
    underWay += 1;
    void send(waiting.splice(0, together)).then(() => {
      underWay -= 1;
      sendLater();
    });
    sendLater();
  }

  // Writing a thousand entries takes a while, in which others get their turn.
  function sendLater(): void {
    if (isDue || waiting.length === 0) return;
    isDue = true;
    setImmediate(sendOn);
  }

  return {
    add: (items) => {
      waiting.push(...items.slice(0, mostWaiting - waiting.length));
      sendLater();
    },
  };
}
