import './update-user.ts';
import './delete-user.ts';
import './undelete-user.ts';
import './transfer-kudos.ts';
import './award-kudos.ts';
import './create-shared-key.ts';
import './update-shared-key.ts';
import './delete-shared-key.ts';
