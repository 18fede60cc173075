import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventType, exactly, id, orNull, publishedEvents, quarantineEvents, readableEvents, type EventType } from 'aftercare/contracts';
import type { Aggregate, Upcaster } from 'aftercare/kernel';
import { projectRoot } from '../../launcher/project-root.js';
import { asyncapiNow } from './asyncapi.js';
import { DEPARTMENTS } from './departments.js';
import { findingsIn, RULE_NAMES } from './findings.js';
import { fingerprintsOf, readAsOf } from './ledger.js';
import { listenersIn } from './listeners.js';
import { envelopeNow, publish, schemaNow, type Publication } from './publication.js';
import { readReleased, type Released } from './released.js';
import { commentsIn, wordsFrom } from './words.js';
import { writeContracts } from './write.js';

const DoorOpened = eventType('DoorOpened', 1, exactly({ door: id }), ['note']);
const DoorOpenedBy = eventType('DoorOpened', 2, exactly({ door: id, by: orNull(id) }), ['note']);
const DoorLocked = eventType('DoorLocked', 1, exactly({ door: id }));
const FROM_FIRST: Upcaster = { log: 'gatehouse', type: 'DoorOpened', from: 1, data: ({ data }) => ({ ...data, by: null }) };

const now = (events: readonly EventType[], over: Partial<Publication> = {}): Publication => ({
  ...publish({ gatehouse: Object.fromEntries(events.map((event) => [event.type, event])) }, (type) => ({ title: type }), [], []), ...over,
});

/** Everything as `--write` leaves it. */
function releasedFrom(...publications: readonly Publication[]): Released {
  const newest = publications.at(-1) as Publication;
  const all = publications.flatMap(({ published }) => published);
  const schemas = all.map((version) => ({ department: version.department, type: version.type, version: version.version, schema: schemaNow(version) }));
  const golden = all.map(({ department, type, version }) => ({ department, type, version, bytes: Buffer.from(JSON.stringify({ log: department, type, schema: version, data: { door: 'door-1' } })) }));
  const files = { schemas, golden, envelope: envelopeNow() };
  return { ...files, asyncapi: asyncapiNow(newest, files), ledger: { ...fingerprintsOf(files), ...readAsOf(newest, golden) } };
}

const first = now([DoorOpened]);
const second = now([DoorOpenedBy], { upcasters: [FROM_FIRST] });
const without = <T extends { type: string; version: number }>(list: readonly T[], gone: number): T[] => list.filter(({ version }) => version !== gone);

/** One that breaks it, for every rule, with what the person is told. */
const FIXTURES: Readonly<Record<string, { readonly code: Publication; readonly released: Released; readonly told: RegExp; readonly also?: readonly string[] }>> = {
  'a-released-schema-never-changes': {
    code: now([eventType('DoorOpened', 1, exactly({ door: id, by: orNull(id) }), ['note'])]), released: releasedFrom(first), told: /raise DoorOpened to 2, write the upcaster from 1/,
    also: ['the-asyncapi-document-is-current'],
  },
  'a-released-event-never-vanishes': { code: first, released: releasedFrom(now([DoorOpened, DoorLocked])), told: /keep its type/, also: ['the-asyncapi-document-is-current'] },
  'a-released-version-never-vanishes': { code: first, released: releasedFrom(first, second), told: /versions only go up/, also: ['the-asyncapi-document-is-current'] },
  'a-new-version-has-an-upcaster': { code: now([DoorOpenedBy]), released: releasedFrom(first, second), told: /its step to version 2/ },
  'every-version-has-a-golden-file': {
    code: second, told: /npm run contracts -- --write/,
    released: { ...releasedFrom(first, second), golden: without(releasedFrom(first, second).golden, 2), ledger: releasedFrom(first).ledger },
    also: ['what-is-released-is-in-the-ledger'],
  },
  'every-version-has-a-schema': {
    code: now([DoorOpened, DoorLocked]), released: releasedFrom(first), told: /npm run contracts -- --write/, also: ['the-asyncapi-document-is-current'],
  },
  'a-name-means-one-event': (() => {
    const code = { ...first, published: [...first.published, ...now([DoorLocked, eventType('DoorOpened', 1, exactly({ lift: id }))]).published.map((version) => ({ ...version, department: 'lifts' }))] };
    return { code, released: releasedFrom(code), told: /the name is taken/ };
  })(),
  'what-was-released-keeps-its-bytes': {
    code: second, told: /bring both back from the history/,
    released: { ...releasedFrom(first, second), golden: releasedFrom(first, second).golden.map((file) => (file.version === 1 ? { ...file, bytes: Buffer.from('{"edited":1}') } : file)) },
    also: ['a-released-step-never-changes'],
  },
  'a-released-step-never-changes': {
    code: { ...second, upcasters: [{ ...FROM_FIRST, data: ({ data }) => ({ ...data, by: 'nobody' }) }] }, released: releasedFrom(first, second),
    told: /gives another record.*bring the step back/,
  },
  'what-is-released-is-in-the-ledger': { code: first, released: { ...releasedFrom(first), ledger: {} }, told: /commit what it wrote/ },
  'every-reaction-listens-to-a-published-event': {
    code: { ...first, listeners: [{ department: 'lifts', source: 'gatehouse', type: 'DoorOpend' }] }, released: releasedFrom(first), told: /would wait for ever/,
  },
  'the-asyncapi-document-is-current': {
    code: { ...first, listeners: [{ department: 'lifts', source: 'gatehouse', type: 'DoorOpened' }] }, released: releasedFrom(first), told: /commit what it wrote/,
  },
  'documentation-is-current': {
    code: publish({ gatehouse: { DoorOpened } }, () => ({ title: 'A door was opened' }), [], []), released: releasedFrom(first), told: /only words changed, which is compatible/,
    also: ['the-asyncapi-document-is-current'],
  },
};

describe('the check of the contracts', () => {
  it.each(RULE_NAMES)('catches what breaks %s, and says what to do', (rule) => {
    const { code, released, told, also = [] } = FIXTURES[rule] ?? { code: first, released: releasedFrom(first), told: /no fixture/ };
    const findings = findingsIn(code, released);
    expect([...new Set(findings.map((finding) => finding.rule))].sort()).toEqual([rule, ...also].sort());
    expect(findings.find((finding) => finding.rule === rule)?.todo).toMatch(told);
  });

  it('finds nothing in a first and in a second version that were released as they should be', () => {
    expect([findingsIn(first, releasedFrom(first)), findingsIn(second, releasedFrom(first, second))]).toEqual([[], []]);
  });

  it('finds a lost schema and a lost golden file of an old version, and an envelope with another member', () => {
    const released = releasedFrom(first, second);
    const rules = (over: Partial<Released>): string[] => findingsIn(second, { ...released, ...over }).map(({ rule, about }) => `${rule}: ${about}`);
    expect(rules({ schemas: without(released.schemas, 1) })).toContain('a-released-version-never-vanishes: gatehouse.DoorOpened v1');
    expect(rules({ golden: without(released.golden, 1) })).toEqual(['every-version-has-a-golden-file: gatehouse.DoorOpened v1', 'what-was-released-keeps-its-bytes: gatehouse/DoorOpened.v1']);
    expect(rules({ envelope: { ...released.envelope, additionalProperties: true } })).toEqual(['a-released-schema-never-changes: the envelope', 'what-was-released-keeps-its-bytes: envelope.v1']);
  });

  it('takes a member that a record may lack for an addition to the envelope that can be written, and nothing else', () => {
    const released = releasedFrom(first);
    const envelope = envelopeNow() as { properties: Record<string, object>; required: readonly string[] };
    const { adoption, ...before } = envelope.properties;
    const told = (properties: object, over: object = {}): string[] => {
      return findingsIn(first, { ...released, envelope: { ...envelope, properties, ...over } }).map(({ rule, about }) => `${rule}: ${about}`).filter((line) => line.includes('envelope'));
    };
    const files = { ...released, envelope: { ...envelope, properties: before } };
    expect(findingsIn(first, { ...files, ledger: { ...fingerprintsOf(files), ...readAsOf(first, files.golden) } }).map(({ rule, about }) => `${rule}: ${about}`))
      .toEqual(['every-version-has-a-schema: the envelope with adoption']);
    expect(fingerprintsOf(files)['envelope.v1']).toEqual(released.ledger['envelope.v1']);
    expect(told(before)).toContain('what-was-released-keeps-its-bytes: envelope.v1 with adoption');
    expect(told({ ...before, adoption: { ...adoption, maxLength: 9 } }))
      .toEqual(['a-released-schema-never-changes: the envelope', 'what-was-released-keeps-its-bytes: envelope.v1 with adoption']);
    expect(told({ ...envelope.properties, tenant: { type: 'string' } })).toContain('a-released-schema-never-changes: the envelope');
    expect(told(envelope.properties, { required: [...envelope.required, 'adoption'] })).toContain('a-released-schema-never-changes: the envelope');
    expect(told({ ...envelope.properties, reason: { type: 'string' } })).toContain('a-released-schema-never-changes: the envelope');
  });

  it('holds every step of a longer chain by itself, also one that came to throw', () => {
    const third = now([eventType('DoorOpened', 3, exactly({ door: id, by: orNull(id), lift: orNull(id) }), ['note'])],
      { upcasters: [FROM_FIRST, { ...FROM_FIRST, from: 2, data: ({ data }) => ({ ...data, lift: null }) }] });
    const released = releasedFrom(first, second, third);
    const broken = (from: number): string[] => findingsIn({ ...third, upcasters: third.upcasters.map((step) => (step.from === from ? { ...step, data: () => { throw new Error('no'); } } : step)) }, released)
      .map(({ rule, about }) => `${rule}: ${about}`);
    expect(findingsIn(third, released)).toEqual([]);
    expect(broken(1)).toEqual(['a-released-step-never-changes: gatehouse/DoorOpened.v1 as v2', 'a-released-step-never-changes: gatehouse/DoorOpened.v1 as v3']);
    expect(broken(2)).toEqual(['a-released-step-never-changes: gatehouse/DoorOpened.v1 as v3', 'a-released-step-never-changes: gatehouse/DoorOpened.v2 as v3']);
  });

  it('takes a text of a person for part of the schema, and a member called `title` for no documentation', () => {
    const renamed = now([eventType('DoorOpened', 1, exactly({ door: id }), ['remark'])]);
    const titled = (schema: object): Publication => now([eventType('DoorOpened', 1, exactly({ title: schema as typeof id }))]);
    expect(findingsIn(renamed, releasedFrom(first)).map(({ rule }) => rule)).toContain('a-released-schema-never-changes');
    expect(findingsIn(titled(orNull(id)), releasedFrom(titled(id))).map(({ rule }) => rule)).toContain('a-released-schema-never-changes');
  });

  it('writes what is missing and never over what was released', async () => {
    const root = mkdtempSync(join(tmpdir(), 'aftercare-contracts-'));
    try {
      expect(await writeContracts(root, first, () => 'door')).toHaveLength(5);
      const golden = join(root, 'libs/contracts/golden/gatehouse/DoorOpened.v1.json');
      const bytes = readFileSync(golden);
      expect(findingsIn(first, readReleased(root))).toEqual([]);
      expect(await writeContracts(root, first, () => 'door')).toEqual([]);
      expect([...await writeContracts(root, second, () => 'door')].sort()).toEqual([
        'docs/reference/asyncapi.json', 'docs/reference/schemas/gatehouse/DoorOpened.v2.json', 'docs/reference/schemas/released.json', 'libs/contracts/golden/gatehouse/DoorOpened.v2.json',
      ]);
      expect([readFileSync(golden), findingsIn(second, readReleased(root))]).toEqual([bytes, []]);
      expect(JSON.parse(readFileSync(golden.replace('v1', 'v2'), 'utf8'))).toMatchObject({ index: 1, version: 1, schema: 2, stream: expect.stringMatching(/^door-/) as string });
      writeFileSync(golden.replace('libs/contracts/golden', 'docs/reference/schemas'), JSON.stringify({ ...DoorOpened.data, title: 'edited by hand' }));
      expect(findingsIn(second, readReleased(root)).map(({ rule, about }) => `${rule}: ${about}`)).toContain('what-was-released-keeps-its-bytes: gatehouse/DoorOpened.v1');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('reads the comment above an event and no other', () => {
    const source = '/** Of something else. */\nconst x = 1;\nexport const A = eventType(\'A\', 1);\n/**\n * Two\n * lines.\n */\nexport const B = eventType(\'B\', 1);';
    expect([...commentsIn(source)]).toEqual([['B', 'Two lines.']]);
  });
});

describe('this repository', () => {
  const code = publish(publishedEvents, wordsFrom(projectRoot()), readableEvents.upcasters, listenersIn(DEPARTMENTS));

  it('has released its contracts as they are', () => {
    expect(findingsIn(code, readReleased(projectRoot()))).toEqual([]);
  });

  it('publishes every event that an aggregate or a person at the quarantine can record, and no other', () => {
    const recorded = DEPARTMENTS.map(({ name, aggregates }) => [name, new Set([...(aggregates as readonly Aggregate[]).flatMap(({ formats }) => Object.values<unknown>(formats)), ...Object.values(quarantineEvents)])]);
    expect(recorded).toEqual(DEPARTMENTS.map(({ name }) => [name, new Set(Object.values(publishedEvents[name as keyof typeof publishedEvents]))]));
  });
});
