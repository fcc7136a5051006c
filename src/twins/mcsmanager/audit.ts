import { caller } from './access.ts';
import type { Call } from './call.ts';
import type { AuditEntry } from './world.ts';

/** Notes who did what to whom: by user name, as the panel does, so a renamed user has two pasts. */
export function audit(call: Call, type: string, target: unknown, level: AuditEntry['operation_level'] = 'info'): void {
  const { panel, request } = call;
  panel.world.auditLog.push({
    type,
    operation_id: panel.random.uuid(),
    operation_time: String(panel.now()),
    operation_level: level,
    operator_ip: request.address,
    operator_name: caller(call)?.userName,
    target_user_name: target,
  });
}
