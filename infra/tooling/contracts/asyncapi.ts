import type { Json } from './json.js';
import { envelopeNow, schemaNow, type Publication, type Published } from './publication.js';
import { fileOf, type Released, type Version } from './released.js';

const SCHEMA = '#/components/schemas';

/** The document of all published events. Old versions are in it: the stream is a copy of the log and still carries them. */
export function asyncapiNow({ published, listeners }: Publication, { schemas }: Pick<Released, 'schemas'>): Json {
  const versions = published.map((now) => ({
    now, all: [...schemas.filter(({ department, type, version }) => department === now.department && type === now.type && version < now.version), { ...now, schema: schemaNow(now) }],
  }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Aftercare: events of the departments', version: '0.1.0', license: { name: 'Apache-2.0' },
      description: 'Every department publishes its log, event by event and in order, as CloudEvents 1.0 in binary mode; the body is the record itself. '
        + 'The stream is a copy: who misses something asks the department for a range of its log.',
    },
    defaultContentType: 'application/json',
    servers: { nats: SERVER },
    channels: Object.fromEntries(versions.map(({ now, all }) => [channelOf(now), channel(now, all)])),
    operations: Object.fromEntries([
      ...versions.map(({ now, all }) => [`${now.department}.send.${now.type}`, operation('send', now.department, now, all)]),
      ...versions.flatMap(({ now, all }) => listeners.filter(({ source, type }) => source === now.department && type === now.type)
        .map(({ department }) => [`${department}.receive.${channelOf(now)}`, operation('receive', department, now, all)])),
    ]),
    components: {
      securitySchemes: { nkey: { type: 'asymmetricEncryption', description: 'NKEY (Ed25519): one identity for each department, which may publish only below its own name.' } },
      schemas: { headers: HEADERS, ...envelope() },
      messages: Object.fromEntries(versions.flatMap(({ now, all }) => all.map((version) => [messageOf(version), message(now, version)]))),
    },
  };
}

const SERVER = {
  host: '{host}:{port}', protocol: 'nats', description: 'NATS with JetStream; one stream for each department, under its name in capitals.',
  variables: { host: { default: '127.0.0.1' }, port: { default: '4222' } },
  security: [{ $ref: '#/components/securitySchemes/nkey' }], bindings: { nats: {} },
};

const text = { type: 'string', minLength: 1 };
const HEADERS = {
  type: 'object',
  required: ['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-subject', 'ce-time', 'ce-datacontenttype', 'ce-dataschema', 'content-type', 'traceparent'],
  properties: {
    'ce-specversion': { const: '1.0' },
    'ce-id': { ...text, description: 'Id of the event.' },
    'ce-source': { ...text, description: '`/aftercare/<department>`. With the id it is the same for every copy of the event.' },
    'ce-type': text,
    'ce-subject': { ...text, description: 'Stream of the event.' },
    'ce-time': { type: 'string', format: 'date-time', description: 'When it was recorded.' },
    'ce-datacontenttype': { const: 'application/json' },
    'ce-dataschema': { type: 'string', format: 'uri-reference', description: 'Schema of the record in the version that was recorded.' },
    'content-type': { const: 'application/json', description: 'Tells binary mode from structured mode.' },
    traceparent: { type: 'string', pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$', description: 'W3C trace context.' },
  },
};

const channelOf = ({ department, type }: Version): string => `${department}.${type}`;
const messageOf = (version: Version): string => `${channelOf(version)}.v${version.version}`;
const words = ({ words: { title, description } }: Published): Json => ({ title, ...(description && { description }) });

function channel(now: Published, versions: readonly Version[]): Json {
  return {
    address: `${now.department}.events.${now.type}`, ...words(now), servers: [{ $ref: '#/servers/nats' }],
    messages: Object.fromEntries(versions.map((version) => [`v${version.version}`, { $ref: `#/components/messages/${messageOf(version)}` }])),
  };
}

function operation(action: 'send' | 'receive', department: string, now: Published, versions: readonly Version[]): Json {
  return {
    action, channel: { $ref: `#/channels/${channelOf(now)}` }, tags: [{ name: department }], bindings: { nats: {} },
    messages: versions.map(({ version }) => ({ $ref: `#/channels/${channelOf(now)}/messages/v${version}` })),
  };
}

function message(now: Published, version: Version & { readonly schema: Json }): Json {
  const { title, description } = words(now);
  const dataschema = { const: `/schemas/${version.department}/${fileOf(version)}` };
  return {
    name: now.type, title: `${String(title)} v${version.version}`, ...(description !== undefined && { description }), contentType: 'application/json',
    headers: { allOf: [{ $ref: `${SCHEMA}/headers` }], type: 'object', properties: { 'ce-type': { const: now.type }, 'ce-dataschema': dataschema } },
    payload: inDocument(withoutIdentity(version.schema)), bindings: { nats: {} },
  };
}

/** The envelope with its parts beside it, because a reference into a document has to name the whole way. */
function envelope(): Json {
  const { definitions, ...schema } = envelopeNow();
  return { envelope: inDocument(withoutIdentity(schema)), ...inDocument(definitions) as Json };
}

function withoutIdentity(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id' && name !== 'title' && name !== 'description'));
}

const MOVED: Readonly<Record<string, string>> = {
  '../envelope.v1.json': `${SCHEMA}/envelope`, '../envelope.v1.json#/definitions/sealed': `${SCHEMA}/sealed`, '#/definitions/sealed': `${SCHEMA}/sealed`,
};

function inDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inDocument);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === '$ref' ? MOVED[String(inner)] ?? inner : inDocument(inner)]));
}
