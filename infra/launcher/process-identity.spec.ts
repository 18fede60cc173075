import { parsePidFile, stillRuns } from './pid-file.js';
import { processIdentity, startTicks } from './process-identity.js';
import { whatIsMissing } from './readiness.js';
import { retryDelayMs } from './supervised-child.js';

describe('whose process it is', () => {
  const tail = (state: string): string => `${state} 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 987654 20 21`;

  it('is told by its start time, whatever its name is', () => {
    expect(startTicks(`42 (node) ${tail('S')}`)).toBe('987654');
    expect(startTicks(`42 (a) b (c) ${tail('R')}`)).toBe('987654');
  });
  it('counts a zombie as gone', () => {
    expect(startTicks(`42 (node) ${tail('Z')}`)).toBeNull();
  });
  it('knows this very process and no process that does not exist', () => {
    expect(processIdentity(process.pid)).toEqual(expect.any(String));
    expect(processIdentity(2 ** 22 + 5)).toBeNull();
  });
  it('does not take a process that inherited the number for ours', () => {
    expect(stillRuns({ pid: 42, identity: 'boot:1' }, () => 'boot:1')).toBe(true);
    expect(stillRuns({ pid: 42, identity: 'boot:1' }, () => 'boot:2')).toBe(false);
    expect(stillRuns({ pid: 42, identity: 'boot:1' }, () => null)).toBe(false);
  });
  it.each(['', '42', '42\n', 'x\nboot:1', '1\nboot:1', '-5\nboot:1'])('reads no pid out of %j', (text) => {
    expect(parsePidFile(text)).toBeNull();
  });
  it('reads a pid file', () => {
    expect(parsePidFile('42\nboot:1\n')).toEqual({ pid: 42, identity: 'boot:1' });
  });
});

describe('how a service is waited for', () => {
  it.each([
    [{ status: 'not-ready', checks: [{ name: 'store', ok: true }, { name: 'views', ok: false }] }, 'waits for views'],
    [{ status: 'not-ready', checks: { store: 'ok', nats: 'down' } }, 'waits for nats'],
    [{ status: 'not-ready', checks: [] }, 'not ready'],
    [null, 'not ready'],
  ])('%j reads "%s"', (health, words) => expect(whatIsMissing(health)).toBe(words));

  it('doubles the pause after each crash up to fifteen seconds', () => {
    expect([1, 2, 3, 5, 6, 60].map(retryDelayMs)).toEqual([500, 1_000, 2_000, 8_000, 15_000, 15_000]);
  });
});
