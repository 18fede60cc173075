import type { Identity } from './identities.js';
import { permissionsOf } from './permissions.js';

/** Longest time for an answer to a request; afterwards the right to answer it is gone. */
const ANSWER_WITHIN = '10s';

/**
 * The `authorization` block of a nats-server configuration: public keys and what each may do. Whoever is not in it is
 * refused. It holds no secret.
 */
export function authorizationBlock(identities: readonly Identity[]): string {
  return ['authorization {', '  users = [', ...identities.flatMap(userLines), '  ]', '}'].join('\n');
}

function userLines({ name, publicKey }: Identity): string[] {
  const { publish, subscribe, answers } = permissionsOf(name);
  return [
    `    # ${name}`,
    `    { nkey: ${publicKey}, permissions: {`,
    `        publish: { allow: [${listed(publish)}] }`,
    `        subscribe: { allow: [${listed(subscribe)}] }`,
    ...(answers ? [`        allow_responses: { max: 1, expires: "${ANSWER_WITHIN}" }`] : []),
    '    } }',
  ];
}

function listed(subjects: readonly string[]): string {
  return subjects.map((subject) => JSON.stringify(subject)).join(', ');
}
