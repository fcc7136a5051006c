import './mutation.ts';
import './user-standing.ts';
import './mcsmanager/index.ts';
import './horde/index.ts';
import './openwebui/index.ts';
