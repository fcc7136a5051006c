import type { Asker } from '../asking.ts';
import { version } from '../endpoints.ts';
import { OpenWebUIVersion } from '../wire.ts';

/** Which release the source is, asked at most once unless it fails. */
export interface Release {
  /** False also for what calls itself something else than three numbers. */
  isAtLeast(first: ReleaseNumbers): Promise<boolean>;
}

export type ReleaseNumbers = readonly [number, number, number];

export function createRelease(anonymous: Asker): Release {
  let asked: Promise<ReleaseNumbers | null> | undefined;
  const read = async (): Promise<ReleaseNumbers | null> => {
    try {
      return parseRelease((await anonymous.askFor(version, OpenWebUIVersion)).body.version);
    } catch (error) {
      asked = undefined;
      throw error;
    }
  };
  return {
    isAtLeast: async (first) => {
      asked ??= read();
      const release = await asked;
      return release !== null && compare(release, first) >= 0;
    },
  };
}

function parseRelease(text: string): ReleaseNumbers | null {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined || minor === undefined || patch === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

const compare = (one: ReleaseNumbers, other: ReleaseNumbers): number =>
  one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
