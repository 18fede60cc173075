import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../launcher/project-root.js';

const MANIFESTS = ['package.json', 'package-lock.json'];
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network request/i;

/** The peers cannot be had here; `message` says why in one line and what to do. */
export class NoPeers extends Error {
  override readonly name = 'NoPeers';
}

/**
 * The peers' packages, in a folder that belongs to nobody else: neither the compiler nor a check of the product reads it,
 * and no peer's dependency can reach the product. They are loaded by name at run time, hence typed where they are used.
 */
export class InstalledPeers {
  private readonly require: NodeJS.Require;

  private constructor(readonly folder: string) {
    this.require = createRequire(join(folder, 'package.json'));
  }

  /** Installs what the lockfile of the peers names, unless that was done. @throws NoPeers */
  static async install(say: (line: string) => void): Promise<InstalledPeers> {
    const from = join(projectRoot(), 'infra', 'bench', 'peers');
    const folder = join(projectRoot(), 'node_modules', '.cache', 'aftercare-bench-peers');
    const stamp = join(folder, 'installed-from');
    const lock = readFileSync(join(from, 'package-lock.json'));
    const wanted = `${createHash('sha256').update(lock).digest('hex')} abi-${process.versions.modules}`;
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const file of MANIFESTS) copyFileSync(join(from, file), join(folder, file));
      await npmCi(folder, say);
      writeFileSync(stamp, wanted);
    }
    return new InstalledPeers(folder);
  }

  /** The module as the peer exports it; `T` names the part that is used. */
  async load<T>(name: string): Promise<T> {
    const module = await import(pathToFileURL(this.require.resolve(name)).href) as T & { default?: T };
    return module.default ?? module;
  }

  version(name: string): string {
    return (JSON.parse(readFileSync(join(this.folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  }
}

/** One of the peers brings a driver that may have to be compiled, which takes a minute or two without a word from npm. */
async function npmCi(folder: string, say: (line: string) => void): Promise<void> {
  say('peers: installing their packages with npm ci; one to three minutes');
  const began = Date.now();
  const beat = setInterval(() => { say(`peers: still installing, ${Math.round((Date.now() - began) / 1_000)} s`); }, 15_000);
  // What `npm run` hands down names the product's own package, which a nested npm must not take for its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config_prefix|package|lifecycle)/.test(name)));
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--no-progress'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString('utf8'); });
  const code = await new Promise<number | null>((done) => {
    child.once('error', (error) => { output += error.message; done(1); });
    child.once('close', done);
  });
  clearInterval(beat);
  if (code === 0) return;
  rmSync(folder, { recursive: true, force: true });
  if (UNREACHABLE.test(output)) throw new NoPeers('the peers are not installed and the npm registry cannot be reached: connect to the network, or leave --peers away.');
  throw new NoPeers(`the peers could not be installed; npm said: ${output.trim().split('\n').slice(-5).join(' | ')}`);
}
