import { withCredentialsApart } from './credentials.js';

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
