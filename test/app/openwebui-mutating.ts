import { tokenOf } from '../sources/openwebui-writing.ts';
import { type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';

const told = 'dryRun sent fields { name requested before after verdict } errors { __typename ... on WriteError { message } }';

export interface Payload {
  readonly sent: boolean;
  readonly fields: readonly { readonly name: string; readonly verdict: string; readonly requested: unknown }[];
  readonly errors: readonly { readonly __typename: string; readonly message: string }[];
  readonly [more: string]: unknown;
}

/** The payload of one mutation. */
export async function mutate(
  rollcall: Rollcall,
  name: string,
  input: Readonly<Record<string, unknown>>,
  { more = '', headers = {} }: { more?: string; headers?: Record<string, string> } = {},
): Promise<Payload> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${told} ${more} } }`;
  const { data, errors } = await rollcall.askText(query, { input }, headers);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  // The query asks for just that.
  return data?.[name] as Payload;
}

export const verdicts = ({ fields }: Payload) => Object.fromEntries(fields.map(({ name, verdict }) => [name, verdict]));
export const kinds = ({ errors }: Payload) => errors.map(({ __typename }) => __typename);
/** A caller with a token of their own for the source. */
export const own = (rollcall: Rollcall, alias: string) => ({
  headers: { 'x-source-key-webui': tokenOf(rollcall.community.openWebUI, alias) },
});
export const start = (options: RollcallOptions = {}) => startRollcall({ size: 60, ...options });
export const world = ({ community }: Rollcall) => community.openWebUI.world;
