/** Every call of a table, against the emulator that the proof has started. */
import { startEmulated } from '../adapters/engines';
import { describeTable } from '../adapters/table-contract';

const endpoint = process.env.TWINWATCH_EMULATOR ?? '';

describeTable({ name: 'DynamoDB as MiniStack', start: () => startEmulated(endpoint), hasTimeToLive: true });
