declare module '../writes.ts' {
  interface Writes {
    updateHordeUser: HordeUserWishes;
    /** Marks for deletion; with `wipe`, removes for good whom somebody marked before. */
    deleteHordeUser: HordeUserRef & { readonly wipe?: boolean | null | undefined };
    undeleteHordeUser: HordeUserRef;
    transferHordeKudos: HordeKudosGift;
    awardHordeKudos: HordeKudosGift;
    createHordeSharedKey: HordeSharedKeyWishes;
    updateHordeSharedKey: HordeSharedKeyRef & HordeSharedKeyWishes;
    deleteHordeSharedKey: HordeSharedKeyRef;
  }
}

export interface HordeUserRef {
  /** The number of the user. */
  readonly nativeId: string;
}

export interface HordeSharedKeyRef {
  /** Whoever knows it may spend with it. */
  readonly sharedKeyId: string;
}

type Wish<Value> = Value | null | undefined;

/** What is to be changed of a user; what is left out or null stays. A comment or contact cannot be taken away again. */
export interface HordeUserWishes extends HordeUserRef {
  /** Added to the balance, or taken off when negative, down to the account's floor. */
  readonly addKudos?: Wish<number>;
  /** Added to the monthly sum, or taken off down to 0. What is added is paid at once too. */
  readonly addMonthlyKudos?: Wish<number>;
  readonly usageMultiplier?: Wish<number>;
  /** True makes trusted too; false does not take that back. */
  readonly moderator?: Wish<boolean>;
  readonly concurrency?: Wish<number>;
  readonly workerInvited?: Wish<number>;
  readonly trusted?: Wish<boolean>;
  readonly flagged?: Wish<boolean>;
  readonly customizer?: Wish<boolean>;
  readonly vpn?: Wish<boolean>;
  readonly service?: Wish<boolean>;
  /** True lifts the concurrency to 200, false returns 200 to 30, unless `concurrency` is given. */
  readonly education?: Wish<boolean>;
  readonly special?: Wish<boolean>;
  readonly resetSuspicion?: Wish<boolean>;
  readonly adminComment?: Wish<string>;
  readonly publicWorkers?: Wish<boolean>;
  /** The alias, without the number. */
  readonly username?: Wish<string>;
  readonly contact?: Wish<string>;
  readonly generateProxyPasskey?: Wish<boolean>;
  readonly undelete?: Wish<boolean>;
  /** What the caller takes the user to be, be it changed or not. What the key is not shown counts as otherwise. */
  readonly ifUnchanged?: Wish<HordeUserExpectation>;
}

/** Left out: whatever it is. Null: there is none, which only `adminComment` and `contact` can be. */
export interface HordeUserExpectation {
  /** The balance. */
  readonly kudos?: Wish<number>;
  readonly moderator?: Wish<boolean>;
  readonly concurrency?: Wish<number>;
  readonly workerInvited?: Wish<number>;
  readonly trusted?: Wish<boolean>;
  readonly flagged?: Wish<boolean>;
  readonly customizer?: Wish<boolean>;
  readonly vpn?: Wish<boolean>;
  readonly service?: Wish<boolean>;
  readonly education?: Wish<boolean>;
  readonly special?: Wish<boolean>;
  readonly deleted?: Wish<boolean>;
  readonly adminComment?: Wish<string>;
  readonly publicWorkers?: Wish<boolean>;
  /** The alias, without the number. */
  readonly username?: Wish<string>;
  readonly contact?: Wish<string>;
}

export interface HordeKudosGift {
  /** `alias#number`, the number alone, or, of a transfer, the id of a shared key. */
  readonly to: string;
  /** Whole kudos. */
  readonly amount: number;
}

export interface HordeSharedKeyWishes {
  readonly name?: Wish<string>;
  /** How much may be spent with it; -1 unlimited. */
  readonly kudos?: Wish<number>;
  /** Days from now; -1 never. */
  readonly expiresInDays?: Wish<number>;
  /** These three: -1 unlimited. */
  readonly maxImagePixels?: Wish<number>;
  readonly maxImageSteps?: Wish<number>;
  readonly maxTextTokens?: Wish<number>;
}
