/** 32 bytes in base64: the SHA-256 of a public key. */
export const pinPattern = '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$';
