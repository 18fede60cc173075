/** Everything that somebody could try on the bus, by name; `who` are all identities and some that do not exist. */
const DEPARTMENTS = ['billing', 'intake', 'logistics', 'quality', 'registry', 'surveys'] as const;
const WHO = [...DEPARTMENTS, 'gateway', 'operator', 'provisioner', 'stranger'];
const INBOXES = [...WHO.map((name) => `_INBOX_${name}`), '_INBOX', '_INBOX_intake_relay'];
const STREAMS = [...DEPARTMENTS.map((name) => name.toUpperCase()), 'STRANGER', 'intake'];
const STREAM_VERBS = [
  'INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'SNAPSHOT', 'RESTORE', 'MSG.GET', 'MSG.DELETE', 'LEADER.STEPDOWN', 'PEER.REMOVE',
];
const CONSUMER_VERBS = ['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT', 'LEADER.STEPDOWN'];

const across = (one: readonly string[], two: readonly string[], written: (a: string, b: string) => string): string[] =>
  one.flatMap((a) => two.map((b) => written(a, b)));

const onDepartments = [...DEPARTMENTS, 'stranger'].flatMap((name) => [
  `${name}.events.ComplaintRegistered`, `${name}.events.a.b`, `${name}.event.X`, `${name}.log.range`, `${name}.log.purge`, `${name}.commands.X`, `${name}.questions.echo`, name,
  `${name}.log.answers`, ...[...DEPARTMENTS, 'operator'].map((asker) => `${name}.log.answers.${asker}.1`),
]);

const onJetStream = [
  ...['INFO', 'STREAM.NAMES', 'STREAM.LIST', 'STREAM.TEMPLATE.CREATE.X', 'ACCOUNT.PURGE.$G', 'META.LEADER.STEPDOWN', 'SERVER.REMOVE'].map((call) => `$JS.API.${call}`),
  ...across(STREAM_VERBS, STREAMS, (verb, stream) => `$JS.API.STREAM.${verb}.${stream}`),
  ...across(['CREATE', 'LIST', 'NAMES'], STREAMS, (verb, stream) => `$JS.API.CONSUMER.${verb}.${stream}`),
  ...CONSUMER_VERBS.flatMap((verb) => across(STREAMS, WHO, (stream, name) => `$JS.API.CONSUMER.${verb}.${stream}.${name}`)),
  ...across(STREAMS, WHO, (stream, name) => `$JS.API.CONSUMER.CREATE.${stream}.${name}.intake.events.X`),
  ...across(STREAMS, WHO, (stream, name) => `$JS.ACK.${stream}.${name}.1.1.1.1.1`),
  ...STREAMS.map((stream) => `$JS.API.DIRECT.GET.${stream}`),
  '$JS.FC.INTAKE.quality.x', '$JS.EVENT.ADVISORY.API', '$JS.EVENT.ADVISORY.STREAM.DELETED.INTAKE', '$JS.SNAPSHOT.ACK.INTAKE.x', '$JSC.CI.INTAKE',
  '$KV.bucket.key', '$O.bucket.C.x', '$MQTT.sub.x',
];

const onTheServer = [
  '$SYS.REQ.SERVER.PING', '$SYS.REQ.SERVER.PING.CONNZ', '$SYS.REQ.ACCOUNT.$G.CONNZ', '$SYS.REQ.CLAIMS.UPDATE', '$SYS.ACCOUNT.$G.CONNECT',
  '_R_.x', 'anything', 'anything.else',
];

export const SAID: readonly string[] = [...new Set([...onDepartments, ...INBOXES.map((inbox) => `${inbox}.a.1`), ...onJetStream, ...onTheServer])];

/** What can be published can be listened to; and only a listener can use wildcards. */
export const HEARD: readonly string[] = [...new Set([
  ...SAID, '>', '*', '*.>', '*.*', '*.events.>', '*.log.range', '$JS.>', '$JS.API.>', '$JS.ACK.>', '$JS.EVENT.>', '$SYS.>', '_INBOX.>', '_INBOX_*.>', '*.a.1', '*.*.1',
  ...INBOXES.flatMap((inbox) => [`${inbox}.>`, `${inbox}.a.*`]), ...DEPARTMENTS.flatMap((name) => [`${name}.>`, `${name}.*`, `${name}.events.>`, `${name}.events.*`, `${name}.*.range`, `${name}.log.answers.>`, `${name}.log.answers.*.1`, `*.log.answers.${name}.>`]),
])];
