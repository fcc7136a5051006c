import type { JSX } from 'react';
import { Panel } from '../panel.tsx';
import type { AccountPlace } from './account-row.tsx';
import { RightsOfAccount } from './rights-of-account.tsx';

export function RightsPanel({ accounts }: { readonly accounts: readonly AccountPlace[] }): JSX.Element {
  return (
    <Panel title="Rights" wide>
      <ul className="accounts">
        {accounts.map((account, index) => (
          <RightsOfAccount key={account.id} account={account} index={index} />
        ))}
      </ul>
    </Panel>
  );
}
