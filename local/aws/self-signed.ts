/** The certificate of a key by the key itself, for whoever checks signatures by a certificate: X.509 of version 1, in DER. */
import { createPublicKey, sign } from 'node:crypto';

/** PEM to PEM, always the same for the same key. No laptop's clock is outside its time. */
export function selfSigned(privateKey: string): string {
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('twinwatch on this machine')))));
  const validity = sequence(...['500101000000Z', '491231235959Z'].map((time) => der(0x17, Buffer.from(time))));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const signed = sequence(der(0x02, Buffer.of(1)), rsaWithSha256, name, validity, name, publicKey);
  const certificate = sequence(signed, rsaWithSha256, der(0x03, Buffer.of(0), sign('sha256', signed, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A tag, the length of what follows, and that. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const commonName = Buffer.from('0603550403', 'hex');
const rsaWithSha256 = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
