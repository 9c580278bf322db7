/**
 * Whether SNS itself signed a notification, by version 2 of its signatures: RSA with SHA-256. What the notification says of its version is not asked:
 * to functions SNS says 1, whichever it is.
 */
import { verify, X509Certificate } from 'node:crypto';
import type { RegionId } from '../../core/basics/brand';

type Notification = Readonly<Record<string, unknown>>;

/**
 * `unsigned`: without a signature. `foreign`: by a certificate that is not kept where SNS of this region keeps its own. `forged`: it does not fit, or
 * there is no such certificate, or none that is valid now. `unchecked`: the certificate could not be had.
 */
export type Checked = { readonly kind: 'good' | 'unsigned' | 'foreign' | 'forged' } | { readonly kind: 'unchecked'; readonly error: unknown };
export type SignatureCheck = (notification: Notification) => Promise<Checked>;

export interface SignatureCheckParts {
  readonly region: RegionId;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Who answers for AWS, where that is somebody else: then the certificates are there, and nowhere else. */
  readonly endpoint?: string | undefined;
}

/** Fetches each certificate once. */
export function createSignatureCheck({ region, now, endpoint }: SignatureCheckParts): SignatureCheck {
  const sns = `https://sns.${region}.amazonaws.com`;
  const places = endpoint === undefined ? [sns, `${sns}.cn`] : [new URL(endpoint).origin];
  const certificates = new Map<string, Promise<X509Certificate | undefined>>();
  return async (notification) => {
    const { Signature, SigningCertUrl: url } = notification;
    if (typeof Signature !== 'string' || typeof url !== 'string') return { kind: 'unsigned' };
    if (!places.some((place) => url.startsWith(place) && certificatePath.test(url.slice(place.length)))) return { kind: 'foreign' };
    const asked = certificates.get(url) ?? certificateAt(url);
    certificates.set(url, asked);
    try {
      const certificate = await asked;
      if (certificate === undefined) certificates.delete(url);
      else if (isValidAt(certificate, now()) && fits(certificate, notification, Signature)) return { kind: 'good' };
      return { kind: 'forged' };
    } catch (error) {
      certificates.delete(url);
      return { kind: 'unchecked', error };
    }
  };
}

const certificatePath = /^\/SimpleNotificationService-[0-9a-f]+\.pem$/;
const fetchLimitMs = 2000;

/** Undefined where its place says that it has no such certificate; throws where it says nothing that can be read, or not in time. */
async function certificateAt(url: string): Promise<X509Certificate | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(fetchLimitMs) });
  const text = await response.text();
  if (response.status === 403 || response.status === 404) return undefined;
  if (!response.ok) throw new Error(`status ${response.status} instead of a certificate`);
  return new X509Certificate(text);
}

const isValidAt = ({ validFrom, validTo }: X509Certificate, now: number): boolean => Date.parse(validFrom) <= now && now <= Date.parse(validTo);

const fits = ({ publicKey }: X509Certificate, notification: Notification, signature: string): boolean =>
  verify('sha256', textToSign(notification), publicKey, Buffer.from(signature, 'base64'));

/** A subject that a message does not have is null in the events of Lambda. */
const signedNames = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];

function textToSign(notification: Notification): Buffer {
  const present = signedNames.filter((name) => typeof notification[name] === 'string');
  return Buffer.from(present.map((name) => `${name}\n${notification[name]}\n`).join(''));
}
