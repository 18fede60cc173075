import { readFileSync } from 'node:fs';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { authorizationBlock } from './authorization.js';
import { IDENTITIES } from './permissions.js';
import { Provisioner } from './provisioner.js';
import { GuardedServer } from './spec/guarded-server.js';

const MESSAGES = 16_000;
const PART = 4_000;

/** Processor time of a process in milliseconds, in steps of 10. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function publishAll(intake: NatsConnection): Promise<void> {
  const bytes = Buffer.alloc(600, 'x');
  for (let sent = 0; sent < MESSAGES; sent += PART) {
    for (let i = 0; i < PART; i++) intake.publish('intake.events.ComplaintRegistered', bytes);
    await intake.flush();
  }
}

/** What the server works for each part of the messages that one department pulls, as it does in service. */
async function workOfDelivering(quality: NatsConnection, pid: number): Promise<readonly number[]> {
  const parts: number[] = [];
  const messages = await (await jetstream(quality).consumers.get('INTAKE', 'quality')).consume({ max_messages: 256 });
  let before = processorMs(pid);
  let taken = 0;
  for await (const message of messages) {
    taken += 1;
    if (taken % 256 === 0) message.ack();
    if (taken % PART !== 0) continue;
    const now = processorMs(pid);
    parts.push(now - before);
    before = now;
    if (taken === MESSAGES) break;
  }
  return parts;
}

describe('what the server works for a message', () => {
  it('does not grow with those it delivered before, as it does for a listener that may answer whatever asks', async () => {
    const guarded = await GuardedServer.start();
    try {
      const provisioner = new Provisioner({ servers: guarded.server.url, seedFile: guarded.seedFileOf('provisioner') });
      await provisioner.provision();
      await provisioner.close();
      const operator = await jetstreamManager(await guarded.as('operator'), { checkAPI: false });
      await publishAll(await guarded.as('intake'));
      expect(await operator.consumers.info('INTAKE', 'quality')).toMatchObject({ num_pending: MESSAGES, config: { ack_policy: AckPolicy.All } });

      const [first = 0, ...later] = await workOfDelivering(await guarded.as('quality'), guarded.server.pid);
      expect(Math.min(...later)).toBeLessThan(2.5 * Math.max(first, 100));
    } finally {
      await guarded.stop();
    }
  }, 60_000);

  it('needs no look at who may answer: nobody listed answers anywhere but below a subject of its own', () => {
    expect(authorizationBlock(IDENTITIES.map((name) => ({ name, publicKey: 'U', seedFile: '' })))).not.toContain('allow_responses');
  });
});
