import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVICES } from '../launcher/index.js';
import { COMPLAINT } from './load/complaint.js';
import { Generator } from './load/generator.js';
import { againstYardstick, type Bench, type Measure, type Round } from './measure.js';
import { RunningCompany } from './running-company.js';

const IN_FLIGHT = 32;

/**
 * Complaints registered at intake's own port against a bare handler, one process against one process under the same
 * generator; then the same with every department reacting on the same cores, which is what a user sees.
 */
export async function measureCommands(bench: Bench): Promise<readonly Measure[]> {
  const generator = new Generator();
  const bare = await BareServer.start();
  try {
    const how = `POST /complaints at intake's port, ${IN_FLIGHT} keep-alive connections with one request each: token, validation, decision, `
      + 'encryption, durable append; against Fastify with one synced INSERT for each request in its own process';
    const alone = await rounds(bench, 'intake alone', ['intake'], generator, bare);
    const all = await rounds(bench, 'all departments', SERVICES, generator, bare);
    return [
      againstYardstick({ id: 'commands-http', what: 'Commands over HTTP', unit: 'commands/s', how: `${how}. Intake and NATS run, nobody listens` }, alone, 0.5),
      againstYardstick({ id: 'commands-http-company', what: 'Commands over HTTP, all reacting', unit: 'commands/s', how: `${how}. All departments run and react meanwhile on the same cores` }, all),
    ];
  } finally {
    await bare.stop();
    await generator.close();
  }
}

async function rounds({ quick, say }: Bench, title: string, services: readonly string[], generator: Generator, bare: BareServer): Promise<Round[]> {
  const [count, seconds, warmUpSeconds] = quick ? [3, 2, 2] : [5, 4, 4];
  const company = await RunningCompany.start(services);
  try {
    const ours = { url: `${company.urlOf('intake')}/complaints`, token: await company.token('intake.clerk'), body: COMPLAINT, inFlight: IN_FLIGHT };
    const yardstick = { ...ours, url: `${bare.url}/complaints` };
    const fire = async (order: typeof ours, forSeconds: number): Promise<number> => {
      const { perSecond, refused } = await generator.load({ ...order, seconds: forSeconds });
      if (Object.keys(refused).length > 0) throw new Error(`commands were not taken: ${JSON.stringify(refused)}`);
      // What still reacts to this round must not take the processor from the next one.
      await company.quiet();
      return perSecond;
    };
    for (const order of [yardstick, ours]) await fire(order, warmUpSeconds);
    const measured: Round[] = [];
    for (let round = 1; round <= count; round += 1) {
      say(`commands, ${title}: round ${round} of ${count}`);
      const first = round % 2 === 1 ? await fire(yardstick, seconds) : 0;
      const taken = await fire(ours, seconds);
      measured.push({ ours: taken, yardstick: first || await fire(yardstick, seconds) });
    }
    return measured;
  } finally {
    await company.stop();
  }
}

class BareServer {
  private constructor(readonly url: string, private readonly child: ReturnType<typeof fork>, private readonly folder: string) {}

  static async start(): Promise<BareServer> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bare-'));
    const child = fork(fileURLToPath(new URL('bare-http.js', import.meta.url)), [join(folder, 'bare.db')]);
    const [{ url }] = await once(child, 'message') as [{ url: string }];
    await pause(200);
    return new BareServer(url, child, folder);
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
