/** Where a message ends by the lengths in it: the library trusts each type to have its usual length, and reads beyond the end. */

const headerBytes = 12;
const afterQuestionName = 4;
const beforeRecordLength = 8;
const lengthBytes = 2;

/** Offset behind the last record; `NaN` where it would lie outside of the message. */
export function endOfMessage(bytes: Buffer): number {
  let offset = headerBytes;
  for (let count = bytes.readUInt16BE(4); count > 0; count -= 1) offset = endOfName(bytes, offset) + afterQuestionName;
  const records = [6, 8, 10].reduce((sum, at) => sum + bytes.readUInt16BE(at), 0);
  for (let count = records; count > 0; count -= 1) offset = endOfRecord(bytes, offset);
  return offset <= bytes.length ? offset : Number.NaN;
}

function endOfRecord(bytes: Buffer, offset: number): number {
  const lengthAt = endOfName(bytes, offset) + beforeRecordLength;
  return lengthAt + lengthBytes <= bytes.length ? lengthAt + lengthBytes + bytes.readUInt16BE(lengthAt) : Number.NaN;
}

/** Labels up to the empty one, or up to a pointer, which is two bytes and always the last part. */
function endOfName(bytes: Buffer, offset: number): number {
  let at = offset;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    if (length >= 0xc0) return at + 2;
    at += length + 1;
    if (length === 0) return at;
  }
  return Number.NaN;
}
