import { withoutCredentials } from './without-credentials.js';

it.each([
  ['nats://s3cret@127.0.0.1:4222', 'nats://127.0.0.1:4222'],
  ['nats://anna:s3cret@bus.example', 'nats://bus.example'],
  ['nats://anna:s3c/r@et@bus.example:4222', 'nats://bus.example:4222'],
  ['s3cret@bus.example:4222', 'bus.example:4222'],
  ['nats://one:s3cret@a.example,nats://two:s3cret@b.example', 'nats://b.example'],
  ['nats://bus.example:4222', 'nats://bus.example:4222'],
  ['bus.example', 'bus.example'],
])('of %s people see %s', (url, shown) => expect(withoutCredentials(url)).toBe(shown));
