import type { Credential } from '../access/credential.ts';
import { type SourceAges, usualAges } from '../cache/ages.ts';
import { createHttpClient, type Traffic, type TrafficChange } from '../http/client.ts';
import type { ConfiguredSource, Source } from './contract.ts';
import { createExperience, type Experience } from './experience.ts';
import { metered, noteWaited, uncount } from './metering.ts';

/** A connected source and the credential with which it is asked on nobody's particular behalf. */
export interface ConnectedSource {
  readonly source: Source;
  readonly service: Credential;
  readonly ages: SourceAges;
  readonly experience: Experience;
  /** Nobody joins any more what is under way now. A write that is made here does this by itself. */
  forget(): void;
  /** Has each change told once from now on. One listener only. */
  watch(listener: (change: TrafficChange) => void): void;
}

export interface Connecting {
  /** Whether equal reads under way are sent once; absent: they are. */
  readonly sharing?: boolean;
  /** Told of each answer, before anybody deals with it, how many bytes it has. */
  readonly onAnswer?: (bytes: number) => void;
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number;
}

/** Opens no connection yet: that happens with the first request, so the server starts whatever the sources do. */
export function connectSource(
  { id, kind, settings, http, quota, ages }: ConfiguredSource,
  { sharing = true, onAnswer, now }: Connecting = {},
): ConnectedSource {
  let onChange: (change: TrafficChange) => void = () => {};
  const client = createHttpClient(
    id,
    { ...http, ...kind.address(settings) },
    {
      sharing,
      onChange: (change) => onChange(change),
      onWait: noteWaited,
      onJoin: uncount,
      ...(kind.limits === undefined ? {} : { limits: kind.limits }),
      ...(quota === undefined ? {} : { quota }),
      ...(onAnswer === undefined ? {} : { onAnswer }),
      ...(now === undefined ? {} : { now }),
    },
  );
  const key = kind.serviceKey(settings);
  const connected = kind.connect(id, settings, metered(client));
  const experience = createExperience(http);
  return {
    source: { ...connected, traffic: connected.shownToAnybody.size > 0 ? servedUnnamed(client.traffic) : client.traffic },
    service: key === undefined ? { class: 'none' } : { class: 'service', key },
    ages: ages ?? kind.ages ?? usualAges,
    experience,
    forget: () => {
      client.forget();
      experience.sweeps.forget();
    },
    watch: (listener) => {
      onChange = listener;
    },
  };
}

/** What anybody is shown is asked for without a key, whoever wants it: if that is refused, so are they. */
function servedUnnamed(traffic: Traffic): Traffic {
  return { ...traffic, stateFor: (asker) => traffic.stateFor(asker, true) };
}
