import { createServer, type Server } from 'node:net';
import { usualPort } from './departments.js';

/** `usual`: 4300 and following while they are free. `free`: any, for private instances beside another one. */
export type PortChoice = 'usual' | 'free';

function hold(port: number): Promise<Server | null> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', () => done(null));
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has a numbered address');
  return address.port;
}

/** One port per service. All are held until the last is chosen, otherwise the system may hand the same one out twice. */
export async function choosePorts(services: readonly string[], choice: PortChoice): Promise<Record<string, number>> {
  const held: Server[] = [];
  const ports: Record<string, number> = {};
  for (const service of services) {
    const server = (choice === 'usual' ? await hold(usualPort(service)) : null) ?? await hold(0);
    if (!server) throw new Error('no free port on 127.0.0.1: end programs that listen and repeat');
    held.push(server);
    ports[service] = portOf(server);
  }
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
