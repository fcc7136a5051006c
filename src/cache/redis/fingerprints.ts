import { createHash } from 'node:crypto';
import manifest from '../../../package.json' with { type: 'json' };

/** What tells a source apart among all that share one Redis. Nothing can be read off it. */
export interface SourceFingerprint {
  /** The same for everybody who asks this upstream under this id: what one of them invalidates is invalid for all. */
  readonly upstream: string;
  /**
   * The same for those only who ask it and understand it in the same way: with the same key and settings, in the same release.
   * They may read what each other kept, and nobody else may.
   */
  readonly reading: string;
}

export interface FingerprintedSource {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  /** With the service's key in them. */
  readonly settings: unknown;
}

/** `release` is the package's own: what is remembered of an account changes its form with a release and at no other time. */
export function fingerprint(
  { id, kind, url, settings }: FingerprintedSource,
  release: string = manifest.version,
): SourceFingerprint {
  return { upstream: digest(id, kind, url), reading: digest(release, id, kind, JSON.stringify(settings)) };
}

/** Parts never run into each other. 22 characters are 132 bits, too many to meet by chance. */
export const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
