import { membersOf, onlyAddsMembers } from './added-members.js';
import { asyncapiNow } from './asyncapi.js';
import { sameJson, withoutDocumentation } from './json.js';
import { fingerprintsOf, readAsOf } from './ledger.js';
import { envelopeNow, schemaNow, type Publication, type Published } from './publication.js';
import { ASYNCAPI, isOf, nameOf, type Released, type Version } from './released.js';

/** Why the contracts as they are cannot be released, and what to do. */
export interface Finding {
  readonly rule: string;
  readonly about: string;
  readonly todo: string;
}

const WRITE = 'run `npm run contracts -- --write` and commit what it wrote';
const changedTodo = ({ type, version }: Version): string =>
  `leave version ${version} as it was: raise ${type} to ${version + 1}, write the upcaster from ${version}, then ${WRITE}`;

/** Each is pure, and each has a fixture that it must catch. */
const RULES: Readonly<Record<string, (publication: Publication, released: Released) => readonly Omit<Finding, 'rule'>[]>> = {
  'a-released-schema-never-changes': ({ published }, { schemas, envelope }) => [
    ...published.flatMap((now) => {
      const before = schemas.find(isOf(now));
      return !before || sameJson(withoutDocumentation(before.schema), withoutDocumentation(schemaNow(now))) ? []
        : [{ about: nameOf(now), todo: changedTodo(now) }];
    }),
    ...(!envelope || onlyAddsMembers(envelope, envelopeNow()) ? []
      : [{ about: 'the envelope', todo: 'every record ever written has it: leave format 1 as it was and introduce format 2' }]),
  ],

  'a-released-event-never-vanishes': ({ published }, { schemas }) => schemas
    .filter(({ department, type }) => !published.some((now) => now.department === department && now.type === type))
    .map((gone) => ({ about: nameOf(gone), todo: 'logs hold it: keep its type in the contracts, even if nothing records it any more' })),

  'a-released-version-never-vanishes': ({ published }, { schemas, golden }) => [
    ...schemas.filter((before) => published.some((now) => isSameEvent(now, before) && now.version < before.version))
      .map((gone) => ({ about: nameOf(gone), todo: 'logs may hold it: versions only go up' })),
    ...published.flatMap((now) => versionsBefore(now).filter((old) => !schemas.some(isOf(old)))
      .map((old) => ({ about: nameOf(old), todo: `bring its schema back from the history; ${nameOf(now)} cannot be without it` }))),
    ...golden.filter((old) => !schemas.some(isOf(old))).map((old) => ({ about: nameOf(old), todo: 'its golden file is there and its schema is not: bring it back from the history' })),
  ],

  'a-new-version-has-an-upcaster': ({ published, upcasters }) => published.flatMap((now) => versionsBefore(now)
    .filter(({ department, type, version }) => !upcasters.some((step) => step.log === department && step.type === type && step.from === version))
    .map((old) => ({ about: nameOf(old), todo: `write its step to version ${old.version + 1} in libs/contracts/src/upcasters.ts` }))),

  'every-version-has-a-golden-file': ({ published }, { schemas, golden }) => published.flatMap((now) => [...versionsBefore(now), now])
    .filter((version) => schemas.some(isOf(version)) && !golden.some(isOf(version)))
    .map((version) => ({ about: nameOf(version), todo: `${WRITE}; bring an old one back from the history` })),

  'every-version-has-a-schema': ({ published }, { schemas, envelope }) => [
    ...published.filter((now) => !schemas.some(isOf(now))).map((now) => ({ about: nameOf(now), todo: WRITE })),
    ...(envelope ? Object.keys(membersOf(envelopeNow()).added).filter((name) => !(name in membersOf(envelope).added)).map((name) => (
      { about: `the envelope with ${name}`, todo: `a record may have it and need not, which programs of before pass over: ${WRITE}` })) : [{ about: 'the envelope', todo: WRITE }]),
  ],

  'a-name-means-one-event': ({ published }) => published
    .filter((now, place) => published.slice(0, place).some(({ type, event }) => type === now.type && !sameJson(event, now.event)))
    .map((now) => ({ about: nameOf(now), todo: 'the name is taken by another event: people and bus permissions go by the name, so take another' })),

  'what-was-released-keeps-its-bytes': (_, released) => {
    const found = fingerprintsOf(released);
    return Object.entries(released.ledger).filter(([name, was]) => 'schema' in was && !sameJson(found[name], was))
      .map(([about]) => ({ about, todo: 'its schema or golden file is not what was released: bring both back from the history' }));
  },

  'a-released-step-never-changes': (publication, { golden, ledger }) => Object.entries(readAsOf(publication, golden))
    .filter(([name, found]) => name in ledger && !sameJson(found, ledger[name]))
    .map(([about]) => ({ about, todo: 'its upcaster gives another record than when it was released, so every log would be read differently from now on: bring the step back from the history; what is to change is a new version' })),

  'what-is-released-is-in-the-ledger': (publication, released) => Object.keys({ ...fingerprintsOf(released), ...readAsOf(publication, released.golden) })
    .filter((name) => !(name in released.ledger))
    .map((about) => ({ about, todo: WRITE })),

  'every-reaction-listens-to-a-published-event': ({ published, listeners }) => listeners
    .filter(({ source, type }) => !published.some((now) => now.department === source && now.type === type))
    .map(({ department, source, type }) => ({ about: `${department} listens to ${source}.${type}`, todo: `${source} publishes no such event: the reaction would wait for ever` })),

  'the-asyncapi-document-is-current': (publication, released) => (released.asyncapi && sameJson(released.asyncapi, asyncapiNow(publication, released))
    ? [] : [{ about: ASYNCAPI, todo: WRITE }]),

  'documentation-is-current': ({ published }, { schemas, envelope }) => [
    ...published.flatMap((now) => {
      const before = schemas.find(isOf(now))?.schema;
      const differs = before && !sameJson(before, schemaNow(now)) && sameJson(withoutDocumentation(before), withoutDocumentation(schemaNow(now)));
      return differs ? [{ about: nameOf(now), todo: `only words changed, which is compatible: ${WRITE}` }] : [];
    }),
    ...(envelope && !sameJson(envelope, envelopeNow()) && sameJson(withoutDocumentation(envelope), withoutDocumentation(envelopeNow()))
      ? [{ about: 'the envelope', todo: `only words changed, which is compatible: ${WRITE}` }] : []),
  ],
};

/** What `--write` can set right by adding files or changing words. All other findings need a person. */
export const WRITABLE: ReadonlySet<string> = new Set([
  'every-version-has-a-schema', 'every-version-has-a-golden-file', 'documentation-is-current', 'the-asyncapi-document-is-current', 'what-is-released-is-in-the-ledger',
]);

export function findingsIn(publication: Publication, released: Released): readonly Finding[] {
  return Object.entries(RULES).flatMap(([rule, look]) => look(publication, released).map((finding) => ({ rule, ...finding })));
}

export const RULE_NAMES = Object.keys(RULES);

const isSameEvent = (one: Version, other: Version): boolean => one.department === other.department && one.type === other.type;

const versionsBefore = ({ department, type, version }: Published): Version[] =>
  Array.from({ length: version - 1 }, (_, place) => ({ department, type, version: place + 1 }));
