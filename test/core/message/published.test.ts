import fc from 'fast-check';
import { isTooLong, type Publishable, publishedText } from '../../../src/core/message/published';

const message = (over: Partial<Publishable> = {}): Publishable => ({
  subject: 'PAGE shop is DOWN',
  text: 'PAGE shop is DOWN',
  json: '{"kind":"opened"}',
  ...over,
});
/** With an attribute of its channels SNS takes 262,144 bytes. */
const mostBytes = 250 * 1024;

describe('a message as SNS takes it', () => {
  it('has a body for each way it may go on, and for all others the words', () => {
    const bodies = JSON.parse(publishedText(message()));
    expect(Object.keys(bodies)).toEqual(['default', 'sms', 'http', 'https', 'sqs', 'lambda']);
    expect(bodies).toMatchObject({ default: 'PAGE shop is DOWN', sms: 'PAGE shop is DOWN', https: '{"kind":"opened"}' });
    expect(JSON.parse(bodies.lambda)).toEqual({ text: 'PAGE shop is DOWN', event: { kind: 'opened' } });
  });

  it('is too long by the bytes of its text, whatever its letters are', () => {
    const letters = fc.constantFrom('a', '"', '\n', 'é', '–', '漢', '🙂', '\ud83d');
    const lengths = fc.integer({ min: 0, max: 120_000 });
    fc.assert(
      fc.property(letters, lengths, (letter, length) => {
        const long = message({ text: letter.repeat(length) });
        expect(isTooLong(long)).toBe(Buffer.byteLength(publishedText(long)) > mostBytes);
      }),
      { numRuns: 60 },
    );
  });
});
