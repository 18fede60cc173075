import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUser, fromPublic } from '@nats-io/nkeys';
import { nkeyIn, withCredentialsApart } from './credentials.js';

describe('the credentials in an address of the bus', () => {
  it.each([
    ['nats://bus.example:4222', { servers: ['nats://bus.example:4222'] }],
    ['127.0.0.1:4222', { servers: ['127.0.0.1:4222'] }],
    ['nats://t0ken-_@127.0.0.1:4222', { servers: ['nats://127.0.0.1:4222'], token: 't0ken-_' }],
    ['nats://anna:1a%40b:c@bus.example', { servers: ['nats://bus.example'], user: 'anna', pass: '1a@b:c' }],
    ['anna:50%@[::1]:4222', { servers: ['[::1]:4222'], user: 'anna', pass: '50%' }],
    ['tls://anna:a@b@bus.example', { servers: ['tls://bus.example'], user: 'anna', pass: 'a@b' }],
  ])('in %s are told apart', (url, target) => expect(withCredentialsApart(url)).toEqual(target));

  it('count for all servers, and may be written once', () => {
    expect(withCredentialsApart(['nats://t@a.example', 'nats://b.example'])).toEqual({ servers: ['nats://a.example', 'nats://b.example'], token: 't' });
  });

  it('that differ are refused without being told', () => {
    expect(() => withCredentialsApart(['nats://secret1@a', 'nats://secret2@b'])).toThrow(/^the addresses of the bus carry different credentials$/);
  });
});

it.each([
  ['nats://a:1,nats://b:2', { servers: ['nats://a:1', 'nats://b:2'] }],
  ['a:1, b:2,c', { servers: ['a:1', 'b:2', 'c'] }],
  ['nats://t@a:1,nats://t@b:2', { servers: ['nats://a:1', 'nats://b:2'], token: 't' }],
  ['nats://anna:s3,c/r@et@a:1', { servers: ['nats://a:1'], user: 'anna', pass: 's3,c/r@et' }],
])('in one text %s are these servers', (text, target) => expect(withCredentialsApart(text)).toEqual(target));

describe('a seed in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-seed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('signs the challenge of the server, which checks it with the public key', () => {
    const pair = createUser();
    writeFileSync(join(folder, 'intake.nk'), `${Buffer.from(pair.getSeed()).toString()}\n`);
    const { nkey, sig } = nkeyIn(join(folder, 'intake.nk'))('challenge') as { nkey: string; sig: string };
    expect(nkey).toBe(pair.getPublicKey());
    expect(fromPublic(nkey).verify(Buffer.from('challenge'), Buffer.from(sig, 'base64url'))).toBe(true);
    expect(fromPublic(nkey).verify(Buffer.from('another'), Buffer.from(sig, 'base64url'))).toBe(false);
  });

  it('is missed at once where there is no file', () => {
    expect(() => nkeyIn(join(folder, 'nobody.nk'))).toThrow(/ENOENT/);
  });
});
