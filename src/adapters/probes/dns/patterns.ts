/** The engine for patterns is loaded when a monitor has one. */
import type { DnsProbe, RecordsRule } from '../../../core/config/kinds/dns/probe';

export type IsFound = (pattern: string, text: string) => boolean;

export async function patternsOf({ answers, authority, additional }: DnsProbe['expect']): Promise<IsFound> {
  const hasPatterns = [answers, authority, additional].some(hasPattern);
  return hasPatterns ? (await import('../conditions/texts')).isFound : neverFound;
}

const hasPattern = (rule: RecordsRule | undefined): boolean => rule?.matches !== undefined || rule?.matchesNot !== undefined;

const neverFound: IsFound = () => false;
