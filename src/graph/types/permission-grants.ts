import type { FacetName, Facets, PermissionGrant, PermissionSet, RoleClaim } from '../../domain/facets.ts';
import { builder } from '../builder.ts';
import type { AccountNode } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { type SectionKeys, sections } from './permission-sections.ts';

export const PermissionGrantRef = builder.objectRef<PermissionGrant>('PermissionGrant');

PermissionGrantRef.implement({
  description: 'One permission by the source’s own names.',
  fields: (t) => ({
    section: t.exposeString('section', { nullable: false, description: 'The group of permissions, such as `chat`.' }),
    key: t.exposeString('key', { nullable: false, description: 'The permission within it, such as `delete`.' }),
    allowed: t.exposeBoolean('allowed', {
      nullable: false,
      description:
        'Whether the source grants it, the role left aside: neither a bypass nor that it is let in nowhere counts here.',
    }),
  }),
});

const sectionRefs = Object.entries(sections).map(([section, { typeName, description, keys }]) => {
  const ref = builder.objectRef<PermissionSet>(typeName);
  ref.implement({
    description: `${description} What is granted, the role left aside. Each is null where the source’s release does not know it.`,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(keys satisfies SectionKeys).map(([key, [name, what]]) => [
          name,
          t.boolean({ nullable: true, description: what, resolve: (set) => grantOf(set, `${section}.${key}`) }),
        ]),
      ),
  });
  return { section, description, ref };
});

/** An object type that stands on an account. */
type AccountFacetRef = ReturnType<typeof builder.objectRef<AccountNode>>;

/** Those facets that are a set of permissions, whichever source they come from. */
type PermissionFacet = { [Name in FacetName]: Facets[Name] extends PermissionSet ? Name : never }[FacetName];

/** Gives a type that stands on an account one field for each section of the facet. */
export function addSections(type: AccountFacetRef, facet: PermissionFacet): void {
  for (const { section, description, ref } of sectionRefs) {
    builder.objectField(type, section, (t) =>
      t.field({
        type: ref,
        ...fromFacet(facet, (set) => (set.grants.some((grant) => grant.section === section) ? set : null)),
        description: `${description} Null on sources that have no such permissions.`,
      }),
    );
  }
}

/** Whether it is granted. Null when the source does not know the permission. */
const grantOf = (set: PermissionSet, permission: string): boolean | null => grantNamed(set, permission)?.allowed ?? null;

const grantNamed = ({ grants }: PermissionSet, permission: string): PermissionGrant | undefined =>
  grants.find(({ section, key }) => `${section}.${key}` === permission);

/** Whether it is in effect for somebody of this role. Null when the source does not know the permission, or what a bypass makes of it. */
export function effectOf(set: PermissionSet, permission: string, { isShutOut, bypassesGrants }: RoleClaim): boolean | null {
  const grant = grantNamed(set, permission);
  if (grant === undefined) return null;
  if (isShutOut) return false;
  if (!bypassesGrants) return grant.allowed;
  return grant.whenBypassed === undefined ? true : grant.whenBypassed;
}
