/** The two offers that a handshake of ours makes: how to agree on keys. */
import { createSecureContext, type SecureContext } from 'node:tls';

/**
 * What OpenSSL 3.0 offers (Node 20 and 22). From 3.5 on (Node 24) it also makes a key pair of ML-KEM for each handshake.
 * That keeps secret what is said from who records it now and has a quantum computer later.
 * It is a seventh of what a handshake costs: too much for a request in which nothing is secret.
 */
const classicalGroups = 'X25519:P-256:X448:P-521:P-384:ffdhe2048:ffdhe3072';

/** One of each for all: making it reads every certificate authority. */
export interface SecureContexts {
  /** Offers everything that this Node can do. */
  readonly secureContext: () => SecureContext;
  /** For a request in which nothing is secret. */
  readonly openContext: () => SecureContext;
}

/** `trusted`: certificate authorities instead of the well-known ones, as PEM. */
export function contextsFor(trusted: string | undefined): SecureContexts {
  return {
    secureContext: once(() => createSecureContext({ ca: trusted })),
    openContext: once(() => createSecureContext({ ca: trusted, ecdhCurve: classicalGroups })),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
