import { publishedEvents, quarantineEvents, readableEvents } from 'aftercare/contracts';
import type { Aggregate } from 'aftercare/kernel';
import { projectRoot } from '../../launcher/project-root.js';
import { DEPARTMENTS } from './departments.js';
import { findingsIn, WRITABLE, type Finding } from './findings.js';
import { listenersIn } from './listeners.js';
import { publish } from './publication.js';
import { readReleased } from './released.js';
import { wordsFrom } from './words.js';
import { writeContracts } from './write.js';

/** The first aggregate that records the type; deadlines of a department go to the stream of its first one, dropped messages to one of their own. */
function aggregateOf(department: string, type: string): string {
  const aggregates = (DEPARTMENTS.find(({ name }) => name === department)?.aggregates ?? []) as readonly Aggregate[];
  const found = aggregates.find(({ formats }) => type in formats);
  if (!found && type in quarantineEvents) return 'quarantine';
  if (!found) throw new Error(`no aggregate of ${department} records ${type}`);
  return found.name;
}

function report(findings: readonly Finding[]): void {
  for (const { rule, about, todo } of findings) console.error(`${about}: ${todo} (${rule})`);
}

const root = projectRoot();
const publication = publish(publishedEvents, wordsFrom(root), readableEvents.upcasters, listenersIn(DEPARTMENTS));
const look = (): readonly Finding[] => findingsIn(publication, readReleased(root));

if (process.argv.includes('--write')) {
  const refused = look().filter(({ rule }) => !WRITABLE.has(rule));
  report(refused);
  if (refused.length > 0) console.error('contracts: nothing was written');
  else for (const path of await writeContracts(root, publication, aggregateOf)) console.error(`wrote ${path}`);
}
const findings = look();
report(findings);
console.error(findings.length === 0 ? `contracts: ${publication.published.length} events are as they were released` : `contracts: ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
