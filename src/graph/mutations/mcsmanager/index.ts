import './create-user.ts';
import './update-user.ts';
import './set-password.ts';
import './set-api-key.ts';
import './ban-user.ts';
import './delete-users.ts';
