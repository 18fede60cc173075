import { eventSubjectsOf, inboxPrefixOf, logAnswersSubject, logRangeSubject, streamNameOf } from 'aftercare/messaging';
import { DEPARTMENTS } from '../launcher/departments.js';
import { NEIGHBOURS, type Department } from './neighbours.js';

/** Looks at the bus and changes nothing. */
export const OPERATOR = 'operator';
/** Makes streams and consumers, and reads no event. */
export const PROVISIONER = 'provisioner';
/** Everyone who connects. The gateway is none: it speaks HTTP only. */
export const IDENTITIES: readonly string[] = [...DEPARTMENTS, OPERATOR, PROVISIONER];

/** What nats-server lets one identity do; everything that is not named is refused. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /**
   * May answer a request once on the reply subject that it came with. Dear: the server then remembers that subject for every
   * message it delivers, events too, and from 4,096 on looks through all of them at each delivery.
   */
  readonly answers: boolean;
}

export function permissionsOf(identity: string): Permissions {
  if (identity === OPERATOR) return operator();
  if (identity === PROVISIONER) return provisioner();
  if (!isDepartment(identity)) throw new Error(`there is no identity ${identity}; there are ${IDENTITIES.join(', ')}`);
  return department(identity);
}

function isDepartment(name: string): name is Department {
  return name in NEIGHBOURS;
}

/**
 * Never `$JS.API.CONSUMER.>`: whoever may make consumers reads every subject through one of them. Deleting is for the own
 * stream only, which is a copy: one that holds another history is thrown away by its owner and made again.
 */
function department(name: Department): Permissions {
  const own = streamNameOf(name);
  const { listensTo, answers } = NEIGHBOURS[name];
  return {
    publish: [
      eventSubjectsOf(name), logAnswersSubject(name, '>'),
      `$JS.API.STREAM.INFO.${own}`, `$JS.API.STREAM.MSG.GET.${own}`, `$JS.API.STREAM.DELETE.${own}`,
      ...listensTo.flatMap((source) => hearing(name, source)),
    ],
    subscribe: [`${inboxPrefixOf(name)}.>`, logRangeSubject(name), ...listensTo.map((source) => `${logAnswersSubject(source, name)}.>`), ...answers],
    answers: answers.length > 0,
  };
}

/** To hear a source means to be handed its messages, to answer for them, and to ask its owner for what is missing. */
function hearing(name: Department, source: Department): string[] {
  const consumer = `${streamNameOf(source)}.${name}`;
  return [`$JS.API.CONSUMER.MSG.NEXT.${consumer}`, `$JS.API.CONSUMER.INFO.${consumer}`, `$JS.ACK.${consumer}.>`, logRangeSubject(source)];
}

function operator(): Permissions {
  const looks = DEPARTMENTS.map(streamNameOf).flatMap((stream) => [
    `$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.MSG.GET.${stream}`,
    `$JS.API.CONSUMER.NAMES.${stream}`, `$JS.API.CONSUMER.LIST.${stream}`, `$JS.API.CONSUMER.INFO.${stream}.*`,
  ]);
  return {
    publish: ['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', ...looks],
    subscribe: [`${inboxPrefixOf(OPERATOR)}.>`, ...DEPARTMENTS.map(eventSubjectsOf)],
    answers: false,
  };
}

function provisioner(): Permissions {
  const streams = DEPARTMENTS.map(streamNameOf).flatMap((stream) => ['INFO', 'CREATE', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`));
  const consumers = consumersToBe().map(({ source, listener }) => `${streamNameOf(source)}.${listener}`)
    .flatMap((consumer) => ['INFO', 'CREATE', 'DELETE'].map((verb) => `$JS.API.CONSUMER.${verb}.${consumer}`));
  return {
    publish: [...streams, ...consumers],
    subscribe: [`${inboxPrefixOf(PROVISIONER)}.>`],
    answers: false,
  };
}

/** The durable consumers of the whole company. */
export function consumersToBe(): readonly { readonly source: Department; readonly listener: Department }[] {
  return DEPARTMENTS.flatMap((listener) => NEIGHBOURS[listener].listensTo.map((source) => ({ source, listener })));
}
