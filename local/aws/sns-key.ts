/** The key with which this region's topic signs: made at the first start, and kept. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { selfSigned } from './self-signed';

export interface SigningKey {
  /** Both as PEM. */
  readonly privateKey: string;
  readonly certificate: string;
}

/** Made when first needed: most starts of a laptop sign nothing for a while. */
export function signingKey(file: string): () => SigningKey {
  let key: SigningKey | undefined;
  return () => {
    key ??= existsSync(file) ? keyOf(readFileSync(file, 'utf8')) : makeKey(file);
    return key;
  };
}

const keyOf = (privateKey: string): SigningKey => ({ privateKey, certificate: selfSigned(privateKey) });

/** Whole or not at all: half a key would keep the next start from starting. A disk that takes nothing must not keep a message from being sent. */
function makeKey(file: string): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: spki, privateKeyEncoding: pkcs8 });
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, privateKey, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    console.error(`the key of the topic could not be kept, so the next start signs with another: ${error}`);
  }
  return keyOf(privateKey);
}

const spki = { type: 'spki', format: 'pem' } as const;
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
