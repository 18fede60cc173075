import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { connect, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { connectOnce } from 'aftercare/messaging';
import { Provisioner } from './provisioner.js';
import { mayHear, maySay } from './spec/expected-access.js';
import { GuardedServer } from './spec/guarded-server.js';
import { HEARD, SAID } from './spec/subjects.js';

/** No request of JetStream takes this body, so that what is allowed is tried and changes nothing. */
const HARMLESS = '!';
const EVERYONE = ['billing', 'intake', 'logistics', 'operator', 'provisioner', 'quality', 'registry', 'surveys'];

describe('an identity on the bus', () => {
  let guarded: GuardedServer;
  let pairs = 0;

  beforeAll(async () => {
    guarded = await GuardedServer.start();
    const provisioner = new Provisioner({ servers: guarded.server.url, seedFile: guarded.seedFileOf('provisioner') });
    await provisioner.provision();
    await provisioner.close();
  }, 30_000);
  afterAll(async () => {
    process.stdout.write(`identities: ${pairs} pairs of identity and subject tried on a real server\n`);
    await guarded.stop();
  });

  /** The subjects that the server refused to this connection while `act` was under way. */
  async function refused(connection: NatsConnection, operation: 'publish' | 'subscription', act: () => void): Promise<Set<string>> {
    const found = new Set<string>();
    const notices = connection.status();
    const reading = (async () => {
      for await (const notice of notices) {
        if (notice.type === 'error' && notice.error instanceof PermissionViolationError && notice.error.operation === operation) found.add(notice.error.subject);
      }
    })();
    act();
    // The server answers in order: every refusal stands before this.
    await connection.flush();
    await pause(20);
    await connection.close();
    await reading;
    return found;
  }

  it.each(EVERYONE)('%s says what it has to say and nothing else', async (who) => {
    const connection = await guarded.as(who);
    const denied = await refused(connection, 'publish', () => { for (const subject of SAID) connection.publish(subject, HARMLESS); });
    pairs += SAID.length;
    expect(SAID.filter((subject) => !denied.has(subject))).toEqual(SAID.filter((subject) => maySay(who, subject)));
    expect(SAID.filter((subject) => !denied.has(subject)).length).toBeGreaterThan(0);
  }, 30_000);

  it.each(EVERYONE)('%s hears what it has to hear and nothing else', async (who) => {
    const connection = await guarded.as(who);
    const denied = await refused(connection, 'subscription', () => { for (const subject of HEARD) connection.subscribe(subject, { callback: () => undefined }); });
    pairs += HEARD.length;
    expect(HEARD.filter((subject) => !denied.has(subject))).toEqual(HEARD.filter((subject) => mayHear(who, subject)));
  }, 30_000);

  it('is needed: nobody gets in without a key, with another key, with the signature of another key or with a token', async () => {
    const servers = guarded.server.url;
    const file = (name: string, text: string): string => {
      const path = join(guarded.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const unknown = file('unknown.nk', Buffer.from(createUser().getSeed()).toString());
    const publicKey = guarded.identities.find(({ name }) => name === 'intake')?.publicKey as string;
    const strangers: Record<string, () => Promise<NatsConnection>> = {
      'no key': () => connect({ servers, reconnect: false }),
      'an unknown key': () => connectOnce({ servers, name: 'intake', nkeyFile: unknown }),
      "intake's public key without a signature": () => connect({ servers, reconnect: false, authenticator: () => ({ nkey: publicKey, sig: '' }) }),
      "intake's public key and somebody else's signature": () => connect({
        servers, reconnect: false, authenticator: (nonce) => ({ nkey: publicKey, sig: Buffer.from(createUser().sign(Buffer.from(nonce ?? ''))).toString('base64url') }),
      }),
      'a token': () => connect({ servers, reconnect: false, token: 'x'.repeat(43) }),
      'a user and a password': () => connect({ servers, reconnect: false, user: 'intake', pass: 'intake' }),
    };
    for (const [, attempt] of Object.entries(strangers)) await expect(attempt()).rejects.toThrow(/Authorization Violation/i);
    await (await guarded.as('intake')).close();
  });

  it('cannot write an event of another department: its stream stays as it was', async () => {
    const lastOf = async (stream: string): Promise<number> => {
      const manager = await jetstreamManager(await guarded.as('operator'), { checkAPI: false });
      return (await manager.streams.info(stream)).state.last_seq;
    };
    const before = [await lastOf('BILLING'), await lastOf('QUALITY')];
    const quality = await guarded.as('quality');
    quality.publish('billing.events.CompensationApproved', '{"log":"billing"}');
    quality.publish('quality.events.QualityVerdictReached', '{"log":"quality"}');
    await quality.flush();
    expect([await lastOf('BILLING'), await lastOf('QUALITY')]).toEqual([before[0], (before[1] as number) + 1]);
  });

  it("cannot read another one's answers, not with a wildcard either", async () => {
    const quality = await guarded.as('quality');
    const heard: string[] = [];
    for (const subject of ['_INBOX_intake.>', '_INBOX_*.>', '>']) quality.subscribe(subject, { callback: (error, { subject: about }) => { if (!error) heard.push(about); } });
    await quality.flush();
    const intake = await jetstreamManager(await guarded.as('intake'), { checkAPI: false });
    expect((await intake.streams.info('INTAKE')).config.name).toBe('INTAKE');
    await quality.flush();
    expect(heard).toEqual([]);
  });
});
