import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../launcher/project-root.js';
import { filesBelow } from '../boundaries.mjs';

const TEST = /\.(spec|bench|chaos)\.m?ts$|\/(spec|contract|fixtures)\//;
/** Reads bytes in the version they were recorded in, on purpose. */
const AS_RECORDED = ['libs/messaging/src/recorded-schema.ts'];

/** Names that a file takes from the door of the event store. */
function takenFromTheStore(source: string): string[] {
  return [...source.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'aftercare\/event-store'/g)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim().split(' as ')[0] ?? ''));
}

const takers = (name: string): string[] => filesBelow(projectRoot()).filter((file) => /^(libs|services)\//.test(file) && !TEST.test(file))
  .filter((file) => takenFromTheStore(readFileSync(join(projectRoot(), file), 'utf8')).includes(name));

describe('the way from bytes to events', () => {
  it('is made once, for the store and the inbox of a department alike', () => {
    expect(takers('decodeWith')).toEqual(['libs/service-host/src/department/decode.ts']);
  });

  it('is passed by no service and no library', () => {
    expect(takers('decode').filter((file) => !AS_RECORDED.includes(file))).toEqual([]);
  });

  it('would be seen if it were', () => {
    expect(takenFromTheStore("import { decode, type EventStore } from 'aftercare/event-store';\nimport { decode as other } from 'elsewhere';")).toEqual(['decode', 'type EventStore']);
  });
});
