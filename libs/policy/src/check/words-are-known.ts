import { wordsOfNoVocabulary } from '../tables/words-of-tables.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PolicyFiles } from './policy-files.js';

/** A misspelt word is no fault of the file: the row is simply never meant, and a broader one decides in its place. */
export function wordsNobodyKnows(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }) =>
    (entry.kind === 'table' ? wordsOfNoVocabulary(key, entry) : []).map(({ zh, en }) => finding('unknown-word', file, key, zh, en)));
}
