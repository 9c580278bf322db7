/** More of what the tests of Gatus say of conditions. */
import { bad, body, good, type Proofs, refusedHttp, status } from '../proof';

const wants = (json: string, rule: object) => ({ expect: { body: { json, ...rule } } });
const user = body('{"user":{"firstName":"john","lastName":"doe"}}');
const named = (name: string) => body(JSON.stringify({ name }));
const john = { oneOf: ['john.doe', 'jane.doe'] };
const page = '<!DOCTYPE html>\n<html><body>\n<div id="user">john.doe</div>\n</body></html>';

export const furtherConditions: Proofs = {
  G01: good(status(200), { expect: { address: '127.0.0.1' } }),
  G02: bad(['misidentified', '127.0.0.1 answered, wanted to match /^10\\./'], status(200), { expect: { address: { matches: '^10\\.' } } }),
  G03: bad(['status', 'status 404, wanted 100-299'], status(404), { expect: { status: '100-299' } }),
  G04: refusedHttp('expect: { within: potato }', '"potato"'),
  G05: bad(['slow', /^took \d+ ms, wanted within 20 ms$/], (_request, response) => void setTimeout(() => response.end(), 50), { expect: { within: '20ms' } }),
  G06: good(body('123'), wants('$', { above: 122 })),
  async G08() {
    await good(body('{"age":5,"id":5}'), wants('$.age', { sameAs: '$.id' }))();
    await bad(['body', '$.age is 5, wanted 6 as at $.id'], body('{"age":5,"id":6}'), wants('$.age', { sameAs: '$.id' }))();
  },
  G07: good(user, wants('$[?@.firstName != @.lastName]', { exists: true })),
  G09: bad(['body', /^the body is not JSON, so \$\.data cannot be judged/], body('{"data": null}"'), wants('$.data', { equals: 'OK' })),
  G10: bad(['body', 'there is nothing at $[0].name'], body('{"statusCode":500}'), wants('$[0].name', { equals: 'test' })),
  G13: good(body('john.doe'), { expect: { size: 8 } }),
  G14: good(body(page), { expect: { body: '<div id="user">john.doe</div>' } }),
  G15: good(body('{"data":["hello","world","Whatever"]}'), wants("$.data[?@ == 'Whatever']", { exists: true })),
  async G16() {
    await good(named('john.doe'), wants('$.name', john))();
    await good(named('jane.doe'), wants('$.name', john))();
  },
  G17: bad(['body', '$.name is "bob", wanted "john.doe" or "jane.doe"'], named('bob'), wants('$.name', john)),
  G18: bad(['status', 'status 404, wanted 200 or 429'], status(404), { expect: { status: [200, 429] } }),
  G19: bad(['body', '$.errors is ["1"], wanted nothing'], body('{"errors":["1"]}'), wants('$.errors', { exists: false })),
  async G20() {
    await good(body('{"data":[{},{},{}]}'), wants('$.data', { length: 3 }))();
    await good(named('john.doe'), wants('$.name', { length: 8 }))();
  },
};
