/** The key with which this region's topic signs: made at the first start, and kept. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export interface SigningKey {
  /** Both as PEM. */
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Made when first needed: most starts of a laptop sign nothing for a while. */
export function signingKey(file: string): () => SigningKey {
  let key: SigningKey | undefined;
  return () => {
    key ??= existsSync(file) ? readKey(file) : makeKey(file);
    return key;
  };
}

function readKey(file: string): SigningKey {
  const privateKey = readFileSync(file, 'utf8');
  return { privateKey, publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString() };
}

/** Whole or not at all: half a key would keep the next start from starting. */
function makeKey(file: string): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const draft = `${file}.new`;
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(draft, file);
  return readKey(file);
}
