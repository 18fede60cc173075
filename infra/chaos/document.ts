import type { ChaosResult } from './result.js';

/** The result as a page of the documentation. */
export function documentOf(result: ChaosResult): string {
  return `# Reliability\n\n${result.seed}\n`;
}
