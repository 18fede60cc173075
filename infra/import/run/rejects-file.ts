import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { csvCell } from 'aftercare/kernel';
import type { Reject } from './outcomes.js';

const HEAD = '\ufeffrow,key,field,code,rule,reason_zh,reason_en\r\n';

/** The rows that did not become cases, as CSV that spreadsheets open; it never repeats what a customer said. */
export class RejectsFile {
  private constructor(private readonly handle: number, private length: number) {}

  /** `keep`: bytes of an earlier part of the same import; what was written after them is taken back. */
  static open(file: string, keep: number): RejectsFile {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(file, keep > 0 && existsSync(file) ? 'r+' : 'w');
    const kept = Math.min(keep, fstatSync(handle).size);
    ftruncateSync(handle, kept);
    const opened = new RejectsFile(handle, kept);
    if (kept === 0) opened.write(HEAD);
    return opened;
  }

  get bytes(): number {
    return this.length;
  }

  add(rejects: readonly Reject[]): void {
    if (rejects.length > 0) this.write(rejects.map(line).join(''));
  }

  close(): void {
    closeSync(this.handle);
  }

  private write(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length;) at += writeSync(this.handle, bytes, at, bytes.length - at, this.length + at);
    this.length += bytes.length;
  }
}

function line({ row, key, refusal }: Reject): string {
  const { field = '', code, rule = '', zh, en } = refusal;
  return `${[String(row), key ?? '', field, code, rule, zh, en].map(csvCell).join(',')}\r\n`;
}
