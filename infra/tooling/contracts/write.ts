import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asyncapiNow } from './asyncapi.js';
import { goldenRecord } from './golden.js';
import { written } from './json.js';
import { fingerprintsOf, readAsOf } from './ledger.js';
import { envelopeNow, schemaNow, type Publication, type Published } from './publication.js';
import { ASYNCAPI, GOLDEN, isOf, LEDGER, pathOf, readReleased, SCHEMAS, type GoldenFile } from './released.js';

/** Name of the aggregate whose stream holds the event. */
export type AggregateOf = (department: string, type: string) => string;

/**
 * Adds what is missing and brings words up to date. Call it only when no finding needs a person: it would write a
 * changed schema over a released one.
 * @returns paths that were written
 */
export async function writeContracts(root: string, publication: Publication, aggregateOf: AggregateOf): Promise<readonly string[]> {
  const files = [
    { path: `${SCHEMAS}/envelope.v1.json`, content: written(envelopeNow()) },
    ...publication.published.map((now) => ({ path: pathOf(SCHEMAS, now), content: written(schemaNow(now)) })),
    ...await missingGolden(publication.published, readReleased(root).golden, aggregateOf),
  ];
  const added = files.filter(({ path, content }) => put(join(root, path), content)).map(({ path }) => path);
  const released = readReleased(root);
  const derived = [
    { path: LEDGER, content: written({ ...fingerprintsOf(released), ...readAsOf(publication, released.golden), ...released.ledger }) },
    { path: ASYNCAPI, content: written(asyncapiNow(publication, released)) },
  ].filter(({ path, content }) => put(join(root, path), content));
  return [...added, ...derived.map(({ path }) => path)];
}

/** True when the file was not like this before. */
export function put(file: string, content: string): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return true;
}

/** Golden files of one department are one log: a new one continues it. */
async function missingGolden(published: readonly Published[], golden: readonly GoldenFile[], aggregateOf: AggregateOf): Promise<{ path: string; content: string }[]> {
  const log = [...golden].map(({ department, bytes }) => ({ department, stream: (JSON.parse(bytes.toString('utf8')) as { stream: string }).stream }));
  const files = [];
  for (const now of published.filter((version) => !golden.some(isOf(version)))) {
    const { department, type } = now;
    const aggregate = aggregateOf(department, type);
    const ofDepartment = log.filter((record) => record.department === department);
    const version = ofDepartment.filter(({ stream }) => stream.startsWith(`${aggregate}-`)).length;
    files.push({ path: pathOf(GOLDEN, now), content: await goldenRecord({ department, aggregate, index: ofDepartment.length, version }, now.event) });
    log.push({ department, stream: `${aggregate}-` });
  }
  return files;
}
