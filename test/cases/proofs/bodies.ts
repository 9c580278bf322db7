/** Texts and JSON in bodies. */
import { bad, body, good, type Proofs } from '../proof';

const nested = body('{"foo":{"bar":"baz"}}');
const download = body('Download the latest version here');
const bar = (wanted: object) => ({ expect: { body: { json: '$.foo.bar', ...wanted } } });

export const bodies: Proofs = {
  P040: good(nested, bar({ equalsNot: 'qux' })),
  P042: bad(['body', '$.foo.bar is "baz", which is no number'], nested, bar({ above: 0 })),
  P044: bad(['body', 'the body is empty, so $.foo.bar cannot be judged'], body(''), bar({ equalsNot: 'baz' })),
  P046: good(nested, bar({ equals: 'baz' })),
  P048: good(body('{}'), { expect: { body: { json: '$.foo', exists: false } } }),
  P050: good(body('["foo","bar","baz"]'), { expect: { body: { json: '$[2]', equals: 'baz' } } }),
  P052: bad(['body', 'the body is not JSON, so $.foo.bar cannot be judged: hello world'], body('hello world'), bar({ equals: 'baz' })),
  P054: good(download, { expect: { body: { matchesNot: 'could not connect to database' } } }),
  P056: good(download, { expect: { body: { matches: 'Download the latest version here' } } }),
  P256: bad(
    ['body', '$.results[?@.state == \'sell_only\'].id is "b", wanted true'],
    body(JSON.stringify({ results: ['open', 'sell_only', 'closed'].map((state, index) => ({ state, id: 'abc'[index] })) })),
    { expect: { body: { json: "$.results[?@.state == 'sell_only'].id", equals: true } } },
  ),
};
