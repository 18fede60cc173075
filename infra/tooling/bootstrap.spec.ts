import { join } from 'node:path';
import { projectRoot } from '../launcher/project-root.js';

interface Lock { readonly packages: Record<string, { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> }> }
interface Bootstrap {
  nodeRefusal(version: string): string | null;
  holdsAll(wanted: Lock, installed: Lock): boolean;
  lacksPlatformPackages(lock: Lock): boolean;
  explainNpm(output: string): string;
  differs(before: Record<string, string>, now: Record<string, string>): boolean;
}

// Plain JavaScript without declarations, because it has to run before anything is installed or built.
const load = async (file: string): Promise<Partial<Bootstrap>> => await import(join(projectRoot(), 'infra/tooling', file)) as Partial<Bootstrap>;
// One after the other: Jest's module linker loses built-in modules that two parallel imports ask for.
const bootstrap = { ...await load('bootstrap.mjs'), ...await load('bootstrap/install.mjs'), ...await load('bootstrap/build.mjs') } as Bootstrap;

describe('the bootstrap', () => {
  it.each(['18.20.4', '20.18.9'])('refuses Node %s in one line that says what to do', (version) => {
    expect(bootstrap.nodeRefusal(version)).toMatch(/^[^\n]*needs Node 20\.19 or newer[^\n]*install[^\n]*$/);
  });
  it.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('takes Node %s', (version) => expect(bootstrap.nodeRefusal(version)).toBeNull());

  it('believes an installation only when every package has the locked version', () => {
    const wanted: Lock = { packages: { '': {}, a: { version: '1.0.0' }, b: { version: '2.0.0', optional: true } } };
    expect(bootstrap.holdsAll(wanted, { packages: { a: { version: '1.0.0' } } })).toBe(true);
    expect(bootstrap.holdsAll(wanted, { packages: { a: { version: '1.0.1' } } })).toBe(false);
    expect(bootstrap.holdsAll(wanted, { packages: {} })).toBe(false);
  });

  it('notices a lockfile without the binaries of other platforms', () => {
    const swc = { version: '1.0.0', optionalDependencies: { 'swc-mac': '1.0.0' } };
    expect(bootstrap.lacksPlatformPackages({ packages: { 'node_modules/swc': swc } })).toBe(true);
    expect(bootstrap.lacksPlatformPackages({ packages: { 'node_modules/swc': swc, 'node_modules/swc-mac': { version: '1.0.0' } } })).toBe(false);
  });

  it.each([
    ['npm error code ECONNREFUSED', /registry cannot be reached/],
    ['npm error gyp ERR! find Python', /C\+\+ compiler/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code E403', /refuses this account/],
    ['anything else', /npm-install\.log/],
  ])('turns "%s" into one line', (output, line) => {
    expect(bootstrap.explainNpm(output)).toMatch(line);
    expect(bootstrap.explainNpm(output)).not.toContain('\n');
  });

  it('builds again when a source changed, came or went', () => {
    expect(bootstrap.differs({ a: '1' }, { a: '1' })).toBe(false);
    expect(bootstrap.differs({ a: '1' }, { a: '2' })).toBe(true);
    expect(bootstrap.differs({ a: '1' }, { a: '1', b: '1' })).toBe(true);
    expect(bootstrap.differs({ a: '1', b: '1' }, { a: '1' })).toBe(true);
  });
});
