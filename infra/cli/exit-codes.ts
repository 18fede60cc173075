/** Exit codes of the command line; scripts depend on them, docs/operations/cli.md explains them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  partlyUnavailable: 3,
  notFound: 4,
  notRunning: 5,
  refused: 6,
  /** An import went through the whole file, and some rows did not become cases. */
  rowsRefused: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that people are told about in one line saying what to do; never a stack trace. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';

  constructor(readonly exitCode: ExitCode, message: string) {
    super(message);
  }
}
