// Mail that the portal has sent: without an SMTP server it lies in the data folder as .eml files.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from './portal';

export type Mail = { file: string; to: string; subject: string; text: string };

/** Every mail to an address, oldest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const folder = join(process.env.KOTAE_TEST_DATA ?? '', 'outbox');
  const names = await readdir(folder).catch(() => []);
  const mails = await Promise.all(
    names.filter((name) => name.endsWith('.eml')).map(async (name) => read(name, await readFile(join(folder, name)))),
  );
  return mails.filter((mail) => mail.to.includes(address)).sort((a, b) => a.file.localeCompare(b.file));
}

/** Waits for a mail to an address that matches, and returns the newest. */
export async function waitForMail(address: string, matching: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(async () => {
      found = (await mailsTo(address)).findLast((mail) => matching.test(`${mail.subject}\n${mail.text}`));
      return found !== undefined;
    }, `a mail to ${address} that matches ${matching}`)
    .toBe(true);
  return found!;
}

/** The first link of a mail whose address contains `part`. */
export function linkIn(mail: Mail, part: string): string {
  const link = mail.text.match(/https?:\/\/[^\s<>"]+/g)?.find((link) => link.includes(part));
  expect(link, `a link with ${part} in:\n${mail.text}`).toBeDefined();
  return link!;
}

function read(file: string, bytes: Buffer): Mail {
  const { headers, body } = split(bytes.toString('latin1'));
  return {
    file,
    to: headers.get('to') ?? '',
    subject: decodeWords(headers.get('subject') ?? ''),
    text: plainText(headers, body),
  };
}

function split(part: string) {
  const end = part.search(/\r?\n\r?\n/);
  const head = end < 0 ? part : part.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : part.slice(end).replace(/^(\r?\n){2}/, '') };
}

/** The first text/plain part. */
function plainText(headers: Map<string, string>, body: string): string {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = type.match(/boundary="?([^";]+)"?/)?.[1];
  if (boundary) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      const inner = split(part.replace(/^\r?\n/, ''));
      const text = plainText(inner.headers, inner.body);
      if (text) return text;
    }
    return '';
  }
  if (!type.startsWith('text/plain')) return '';
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const bytes = encoding === 'quoted-printable' ? unquote(body.replace(/=\r?\n/g, '')) : body;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function unquote(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** RFC 2047: `=?utf-8?B?…?=` and `=?utf-8?Q?…?=`. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, word) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(unquote(word.replace(/_/g, ' ')), 'latin1').toString('utf8'),
    );
}
