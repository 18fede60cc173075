import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAll, type RunningSystem } from '../launcher/index.js';
import { livePid } from '../launcher/pid-file.js';
import type { Progress } from '../launcher/index.js';
import { Desk, type DeskOptions } from './desk.js';

/** A whole company on free ports in a folder of its own, gone without a trace afterwards. */
export class PrivateInstance {
  private constructor(readonly dataDir: string, private running: RunningSystem) {}

  get system(): RunningSystem {
    return this.running;
  }

  static async start(onProgress: (progress: Progress) => void = () => undefined): Promise<PrivateInstance> {
    const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-'));
    try {
      return new PrivateInstance(dataDir, await startAll({ dataDir, ports: 'free', onProgress, onSignal: 'none' }));
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  desk(prefix: string, options: Partial<DeskOptions> = {}): Desk {
    return new Desk({ ...this.deskOptions(options.patienceMs ?? 30_000), ...options, prefix });
  }

  deskOptions(patienceMs: number): Omit<DeskOptions, 'prefix'> {
    const { gatewayUrl, privateKeyFile } = this.system.state;
    return { gatewayUrl, privateKeyFile, patienceMs };
  }

  /** Ends one service without warning; its launcher starts it again. */
  kill(service: string): void {
    const pid = livePid(this.dataDir, service);
    if (pid === null) throw new Error(`${service} does not run`);
    process.kill(pid, 'SIGKILL');
  }

  /** Files below the data folder whose bytes contain the text. */
  filesThatContain(text: string): string[] {
    const needle = Buffer.from(text, 'utf8');
    return readdirSync(this.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => readFileSync(file).includes(needle));
  }

  /**
   * Everything ends in order and starts again from the same folder, on other ports. Services that are not named stay
   * away; what is named in `losing`, relative to the folder, is gone before the start.
   */
  async restart({ services, losing = [] }: { readonly services?: readonly string[]; readonly losing?: readonly string[] } = {}): Promise<void> {
    await this.running.stop();
    for (const lost of losing) rmSync(join(this.dataDir, lost), { recursive: true });
    this.running = await startAll({ dataDir: this.dataDir, ports: 'free', onSignal: 'none', ...(services && { services }) });
  }

  async stop(): Promise<void> {
    await this.system.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
