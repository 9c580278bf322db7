/** Stands in for nginx: answers every path on many ports, and writes which one was asked. */
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';

const { plain, secure, log, folder } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const out = createWriteStream(log, { flags: 'a' });
const answer = (request, response) => {
  out.write(`${request.url}\n`);
  response.end('ok: the healthy body of a small health endpoint, 64 bytes of it\n');
};
const identity = { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) };
for (const port of plain) createServer(answer).listen(port, '127.0.0.1', 8192);
for (const port of secure) createSecureServer(identity, answer).listen(port, '127.0.0.1', 8192);
