import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { FaultProxy } from './fault-proxy.js';

/** Answers with what it hears. */
async function echo(): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => { socket.on('error', () => undefined); socket.pipe(socket); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as { port: number }).port };
}

/** Unlike `once` it takes a reset for the end that it is. */
const gone = (socket: Socket) => new Promise<void>((done) => { socket.once('close', () => done()); });

describe('a link that can be made bad', () => {
  let target: Awaited<ReturnType<typeof echo>>;
  let proxy: FaultProxy;
  const sockets: Socket[] = [];
  beforeEach(async () => { target = await echo(); proxy = await FaultProxy.to(target.port); });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await proxy.close();
    target.server.close();
  });

  async function client(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }
  async function heard(socket: Socket, length: number): Promise<{ text: string; ms: number }> {
    const began = Date.now();
    let text = '';
    while (text.length < length) text += String((await once(socket, 'data'))[0]);
    return { text, ms: Date.now() - began };
  }
  async function roundTrip(fault: Fault, text: string): Promise<{ text: string; ms: number }> {
    const socket = await client();
    await proxy.become(fault);
    socket.write(text);
    return heard(socket, text.length);
  }

  it('healthy, it passes everything', async () => {
    expect(await roundTrip({ kind: 'pass' }, 'hello')).toMatchObject({ text: 'hello' });
    expect(proxy.met).toBe(0);
  });

  it('latency comes on both ways, and the fault is counted', async () => {
    expect((await roundTrip({ kind: 'latency', ms: 60 }, 'hello')).ms).toBeGreaterThanOrEqual(115);
    expect(proxy.met).toBeGreaterThan(0);
  });

  it('slices and a slow rate bring the same bytes in the same order', async () => {
    const text = Array.from({ length: 400 }, (_, i) => i).join(',');
    expect((await roundTrip({ kind: 'slices' }, text)).text).toBe(text);
    const slow = await roundTrip({ kind: 'throttle', bytesPerSecond: 8_000 }, text);
    expect(slow.text).toBe(text);
    expect(slow.ms).toBeGreaterThan(150);
  });

  it('what a black hole took arrives after it', async () => {
    const socket = await client();
    await proxy.become({ kind: 'blackhole' });
    socket.write('later');
    expect(await Promise.race([heard(socket, 5).then(() => 'heard'), pause(80).then(() => 'silence')])).toBe('silence');
    const after = heard(socket, 5);
    await proxy.become({ kind: 'pass' });
    expect((await after).text).toBe('later');
  });

  it('reset ends the connections that exist and those that come', async () => {
    const socket = await client();
    const closed = gone(socket);
    await proxy.become({ kind: 'reset' });
    await closed;
    const late = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await gone(late);
  });

  it('refused until it is healthy again, on the same port', async () => {
    const { port } = proxy;
    await proxy.become({ kind: 'refuse' });
    const refused = connect(port, '127.0.0.1');
    expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
    await proxy.become({ kind: 'pass' });
    expect(proxy.port).toBe(port);
    expect((await roundTrip({ kind: 'pass' }, 'again')).text).toBe('again');
  }, 10_000);

  it('half-closed, the server hears the end while the client may still be answered', async () => {
    const socket = await client();
    socket.write('before');
    expect((await heard(socket, 6)).text).toBe('before');
    const ended = once(socket, 'end');
    await proxy.become({ kind: 'half-close' });
    await ended;
    expect(socket.destroyed).toBe(false);
  });
});
