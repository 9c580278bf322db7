/** E-mail on a laptop: one readable file per mail. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** ISO time. */
  readonly at: string;
  readonly region: string;
  readonly messageId: string;
}

/** Resolves with the file. */
export async function writeMail(folder: string, mail: Mail): Promise<string> {
  await mkdir(folder, { recursive: true });
  const stem = `${mail.at.replaceAll(':', '-')}-${mail.region}-${fileWords(mail.subject)}`;
  const text = `To: ${mail.to}\nFrom: twinwatch (${mail.region})\nDate: ${mail.at}\nSubject: ${mail.subject}\nMessage-Id: ${mail.messageId}\n\n${mail.body}\n`;
  for (let copy = 1; ; copy += 1) {
    const file = join(folder, copy === 1 ? `${stem}.txt` : `${stem}-${copy}.txt`);
    if (await wroteNew(file, text)) return file;
  }
}

/** Two addresses may get the same mail in the same millisecond. */
async function wroteNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function fileWords(subject: string): string {
  const words = subject
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return words.slice(0, 60) || 'no-subject';
}
