import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';

const CHUNK_BYTES = 256 * 1024;

/** The file's text piece by piece, without a byte order mark. */
export async function* textChunks(file: string, encoding: string): AsyncGenerator<string> {
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  for await (const chunk of bytes) {
    const text = decoder.write(chunk as Buffer);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
