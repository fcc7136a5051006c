import type { Panel } from '../panel.ts';
import type { Users } from '../users.ts';

/** What every write of the panel needs. */
export interface Writing {
  readonly users: Users;
  /** True: the panel is asked with a key that the caller brought. */
  readonly ownKey: boolean;
  /** The panel asked with another key. */
  panelAs(key: string): Panel;
}
