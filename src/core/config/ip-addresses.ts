/** IP addresses as text → bytes, in every form that a URL may hold. */

/** Decimal, octal (`0177.0.0.1`), hexadecimal (`0x7f000001`) and short (`127.1`) forms, as the WHATWG URL reads them. */
export function parseIpv4(labels: readonly string[]): readonly number[] | undefined {
  const numbers = labels.map(numberOf);
  const last = numbers.at(-1);
  if (numbers.length > 4 || last === undefined || numbers.includes(undefined)) return undefined;
  const leading = numbers.slice(0, -1).filter((part) => part !== undefined);
  const restBytes = 4 - leading.length;
  if (leading.some((part) => part > 255) || last >= 256 ** restBytes) return undefined;
  return [...leading, ...bytesOf(last, restBytes)];
}

function numberOf(label: string): number | undefined {
  if (/^0x[0-9a-f]*$/.test(label)) return label === '0x' ? 0 : Number(label);
  if (/^0[0-7]+$/.test(label)) return Number.parseInt(label, 8);
  return /^(0|[1-9]\d*)$/.test(label) ? Number(label) : undefined;
}

function bytesOf(value: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}

/** Groups of hexadecimal digits, one `::`, and perhaps a dotted IPv4 address at the end; no zone. */
export function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = [groupsOf(halves[0] ?? '', halves.length === 1), groupsOf(halves[1] ?? '', true)];
  if (before === undefined || after === undefined) return undefined;
  if (halves.length === 1) return before.length === 16 ? before : undefined;
  const missing = 16 - before.length - after.length;
  return missing < 2 ? undefined : [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Bytes of groups between colons; only the very last may be a dotted address. */
function groupsOf(text: string, mayEndDotted: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes = groups.map((group, index) => groupBytes(group, mayEndDotted && index === groups.length - 1));
  return bytes.includes(undefined) ? undefined : bytes.flatMap((pair) => pair ?? []);
}

function groupBytes(group: string, mayBeDotted: boolean): readonly number[] | undefined {
  if (/^[0-9a-f]{1,4}$/i.test(group)) return bytesOf(Number.parseInt(group, 16), 2);
  const parts = group.split('.');
  const isDotted = mayBeDotted && parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part));
  return isDotted ? parseIpv4(parts) : undefined;
}
