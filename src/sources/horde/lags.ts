/** How old an answer of the Horde may be when it comes, in seconds: for so long it keeps each for whoever asks next. */
export const lags = { user: 30, list: 310, worker: 30, style: 30, sharedKey: 60 } as const;
