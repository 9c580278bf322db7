/** Who must answer, and by what that is proven, as the prober reads it. */
export type Identity =
  | { readonly by: 'header' /** In lower case. */; readonly name: string; readonly equals: readonly string[] }
  /** RFC 9535: the one text or number that it leads to. */
  | { readonly by: 'json'; readonly path: string; readonly equals: readonly string[] }
  /** SHA-256 of the public key (SPKI) in base64. */
  | { readonly by: 'pin'; readonly equals: readonly string[] }
  /** An HMAC of a nonce and the name of the host, under a secret that only this host and the monitor have. */
  | { readonly by: 'secret'; readonly path: string; readonly secret: string; readonly equals: readonly string[] };

export type IdentityWay = Identity['by'];
