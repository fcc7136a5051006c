import type { JSX } from 'react';
import { Panel } from '../panel.tsx';
import { type AccountPlace, AccountRow } from './account-row.tsx';

/** Who the person is on each source, and when they were last seen there. */
export function AccountsPanel({ accounts }: { readonly accounts: readonly AccountPlace[] }): JSX.Element {
  return (
    <Panel title="Accounts and presence" wide>
      <ul className="accounts">
        {accounts.map((account, index) => (
          <AccountRow key={account.id} account={account} index={index} />
        ))}
      </ul>
    </Panel>
  );
}
