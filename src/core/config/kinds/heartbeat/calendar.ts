/** What can be said of a calendar before anything runs by it. */
import { Cron } from 'croner';

/** Why nobody can run by these fields; undefined where they can be read. */
export function cronTrouble(cron: string): string | undefined {
  if (!/^(@[a-z]+|\S+( +\S+){4,6})$/.test(cron)) return 'it has not five fields';
  try {
    new Cron(cron, { paused: true });
    return undefined;
  } catch (error) {
    const [, words = ''] = /^\w+: (.*)$/.exec(error instanceof Error ? error.message : '') ?? [];
    return words === '' ? 'it cannot be read' : words.slice(0, 100);
  }
}

export function isTimezone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Cron('0 0 * * *', { timezone: name, paused: true }).nextRun('2026-01-01T00:00:00') !== null;
  } catch {
    return false;
  }
}
