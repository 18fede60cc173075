import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Tally } from './tally.js';

/** Where an interrupted import stands. Everything up to `tally.read` rows has its outcome. */
export interface Resume {
  readonly digest: string;
  readonly tally: Tally;
  readonly rejectsBytes: number;
}

/** Kept while an import runs. It only saves time: without it the rows are sent again and recognised. */
export class ResumeFile {
  constructor(private readonly file: string) {}

  /** Null unless it is of the same file and mapping. */
  read(digest: string): Resume | null {
    try {
      const resume = JSON.parse(readFileSync(this.file, 'utf8')) as Resume;
      return resume.digest === digest ? resume : null;
    } catch {
      return null;
    }
  }

  /** A reader finds the old state or the new one, never half of one. */
  write(resume: Resume): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(resume));
    renameSync(`${this.file}.new`, this.file);
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}
