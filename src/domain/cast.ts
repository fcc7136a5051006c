/** Somebody invented who holds accounts on two or three of the twins. Ids are fixed, so examples and links can name them. */
export interface CastMember {
  readonly name: string;
  readonly alias: string;
  readonly email: string;
  /** What they are across the community; each twin translates it into its own words. */
  readonly standing: 'admin' | 'moderator' | 'member' | 'newcomer' | 'banned';
  /** Numeric id on the Horde twin. */
  readonly horde?: number;
  /** 32 hex digits on the MCSManager twin. */
  readonly mcsManager?: string;
  /** UUID on the Open WebUI twin. */
  readonly openWebUI?: string;
}

/** The people of `npm start`, the tests and the documents. Every twin holds those who have an account there, whatever its size. */
export const cast: readonly CastMember[] = [
  {
    name: 'Ada Lindqvist',
    alias: 'ada',
    email: 'ada@harbour.example',
    standing: 'admin',
    horde: 101,
    mcsManager: 'a1d0a1d0a1d04a1d8a1d0a1d0a1d0001',
    openWebUI: 'a1d00001-0000-4000-8000-000000000001',
  },
  {
    name: 'Bao Nguyen',
    alias: 'bao',
    email: 'bao@harbour.example',
    standing: 'moderator',
    horde: 102,
    mcsManager: 'ba0ba0ba0ba04ba08ba0ba0ba0ba0002',
    openWebUI: 'ba000002-0000-4000-8000-000000000002',
  },
  {
    name: 'Chidi Okafor',
    alias: 'chidi',
    email: 'chidi@harbour.example',
    standing: 'member',
    horde: 103,
    mcsManager: 'c41d1c41d1c44c418c41d1c41d1c0003',
    openWebUI: 'c41d0003-0000-4000-8000-000000000003',
  },
  {
    name: 'Dunja Petrović',
    alias: 'dunja',
    email: 'dunja@harbour.example',
    standing: 'member',
    horde: 104,
    openWebUI: 'd0940004-0000-4000-8000-000000000004',
  },
  {
    name: 'Emre Yıldız',
    alias: 'emre#cloud',
    email: 'emre@harbour.example',
    standing: 'member',
    horde: 105,
    mcsManager: 'e33ee33ee33e4e338e33ee33ee330005',
  },
  {
    name: 'Fumiko 田中',
    alias: 'fumiko',
    email: 'fumiko@harbour.example',
    standing: 'member',
    mcsManager: 'f0f0f0f0f0f04f0f8f0f0f0f0f0f0006',
    openWebUI: 'f0f00006-0000-4000-8000-000000000006',
  },
  {
    name: 'Gus Newcomb',
    alias: 'gus',
    email: 'gus@harbour.example',
    standing: 'newcomer',
    horde: 107,
    openWebUI: '90500007-0000-4000-8000-000000000007',
  },
  {
    name: 'Hex Troll',
    alias: 'hex',
    email: 'hex@harbour.example',
    standing: 'banned',
    horde: 108,
    mcsManager: '4e44e44e44e44e448e44e44e44e40008',
    openWebUI: '4e440008-0000-4000-8000-000000000008',
  },
];
