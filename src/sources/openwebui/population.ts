/** How many users the server last said it holds. A number about the server, shared by all sessions. */
export interface Population {
  known(): number | undefined;
  learn(total: number): void;
}

export function createPopulation(): Population {
  let count: number | undefined;
  return {
    known: () => count,
    learn: (total) => {
      count = total;
    },
  };
}
