/** Runs when a monitor that calls us does: its ping is stored before it is answered. Behind a Function URL; the token in the path is the key. */
import { createInbox } from '../src/adapters/lambda/inbox';

export const handler = createInbox();
