/** What `Publish` was asked to say, checked as SNS checks it, with one body per protocol. */
import type { AwsCall, Fields } from './aws-call';
import type { Refusal } from './aws-refusal';
import type { Subscription } from './edge-messages';

export interface SnsMessage {
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  readonly bodyFor: (protocol: Subscription['protocol']) => string;
}

const messageBytesMax = 256 * 1024;
const subjectLengthMax = 100;

export function readSnsMessage({ input }: AwsCall): SnsMessage | Refusal {
  const text = textOf(input, 'Message');
  const subject = input.Subject === undefined ? undefined : textOf(input, 'Subject');
  if (text === '') return invalid('Empty message');
  if (Buffer.byteLength(text) > messageBytesMax) return invalid('Message too long');
  if (subject !== undefined && (subject === '' || subject.length > subjectLengthMax || /\p{Cc}/u.test(subject))) return invalid('Subject');
  const bodies = input.MessageStructure === 'json' ? bodiesOf(text) : { default: text };
  if (bodies === undefined) return invalid('Message Structure - No default entry in JSON message body');
  return { subject, attributes: attributesOf(input), bodyFor: (protocol) => bodies[protocol] ?? bodies.default };
}

type Bodies = { readonly default: string } & Readonly<Record<string, string | undefined>>;

function bodiesOf(text: string): Bodies | undefined {
  try {
    const bodies = JSON.parse(text) as Record<string, string> | null;
    return typeof bodies?.default === 'string' ? { ...bodies, default: bodies.default } : undefined;
  } catch {
    return undefined;
  }
}

function attributesOf(input: Fields): SnsMessage['attributes'] {
  const attributes: Record<string, { Type: string; Value: string }> = {};
  for (let index = 1; ; index += 1) {
    const entry = `MessageAttributes.entry.${index}`;
    const name = textOf(input, `${entry}.Name`);
    if (name === '') return attributes;
    attributes[name] = { Type: textOf(input, `${entry}.Value.DataType`), Value: textOf(input, `${entry}.Value.StringValue`) };
  }
}

const textOf = (input: Fields, name: string): string => String(input[name] ?? '');

const invalid = (what: string): Refusal => ({ status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${what}` });
