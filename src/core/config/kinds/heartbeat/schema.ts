/** What a heartbeat monitor may say. */
import * as z from 'zod';
import { because, duration, referencePattern, text } from '../../pieces';
import { cronTrouble, isTimezone } from './calendar';
import { type HeartbeatRule, longestMs, shortestMs } from './rules';

const own = because<HeartbeatRule>;

const isOfUse = (ms: number): boolean => ms >= shortestMs && ms <= longestMs;

/** Long enough, of characters that need no care in a URL, and not the same few again and again. */
const isUnguessable = (token: string): boolean => /^[A-Za-z0-9_-]{20,100}$/.test(token) && new Set(token).size >= 8;

export const heartbeatSchema = z
  .strictObject(
    {
      every: duration<HeartbeatRule>('every', isOfUse, { description: 'A ping is due so long after the one before.', examples: ['1h', '24h'] }).optional(),
      cron: text<HeartbeatRule>('cron', (value) => cronTrouble(value) === undefined, {
        description: 'When a ping is due: minute, hour, day, month, weekday.',
        examples: ['0 3 * * *'],
      }).optional(),
      timezone: text<HeartbeatRule>('timezone', isTimezone, {
        description: 'Where the clock hangs that `cron` is read by.',
        default: 'UTC',
        examples: ['Europe/Lisbon'],
      }).optional(),
      grace: duration<HeartbeatRule>('grace', isOfUse, {
        description: 'How long after it was due a ping may still come; also how long a run may take that said when it began.',
        default: '5m',
        examples: ['30m'],
      }).optional(),
      token: text<HeartbeatRule>('token', isUnguessable, {
        description: 'What stands in the ping URL of this monitor: a reference to 20 to 100 letters, digits, - or _ that nobody can guess.',
        pattern: referencePattern,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference, as users write it.
        examples: ['${env:BACKUP_TOKEN}'],
      }),
    },
    own('heartbeat'),
  )
  .refine((value) => (value.every === undefined) !== (value.cron === undefined), own('times'))
  .meta({ description: 'The target calls us: told when a ping does not come in time, or says that something failed.' });

export type HeartbeatSource = z.output<typeof heartbeatSchema>;
