import type { SourceStatus } from 'aftercare/messaging';
import { quarantineCheck, sourcesCheck } from './health-checks.js';

const listening = (over: Partial<SourceStatus> = {}): SourceStatus => ({
  source: 'intake', state: 'listening', due: 7, open: 0, lastBeat: new Date().toISOString(), missingSince: null, isOwnerBehind: false, isStoreAway: false, waitsFor: null, ...over,
});

describe('the health of the sources', () => {
  it('is good while each is heard', () => {
    expect(sourcesCheck([listening(), listening({ source: 'billing' })])).toEqual({ name: 'sources', ok: true, degraded: false });
  });

  it.each<[string, Partial<SourceStatus>]>([
    ['waits to be provisioned', { state: 'waiting for the consumer to be provisioned' }],
    ['shows no sign of life although it looks idle', { lastBeat: new Date(Date.now() - 60_000).toISOString() }],
    ['misses an event', { missingSince: new Date().toISOString() }],
  ])('is reported when one %s', (_, over) => {
    expect(sourcesCheck([listening({ source: 'billing' }), listening(over)])).toMatchObject({ ok: true, degraded: true, detail: expect.stringMatching(/^not heard whole: intake \(/) });
  });

  it('is reported, with what to do, while cases wait for the policy version that they were told', () => {
    expect(sourcesCheck([listening({ source: 'billing' }), listening({ waitsFor: 'the case is under example@2' })]))
      .toEqual({ name: 'sources', ok: true, degraded: true, detail: 'intake waits: the case is under example@2' });
  });

  it('fails when a neighbour was set back, because its new events would pass for known ones', () => {
    expect(sourcesCheck([listening({ isOwnerBehind: true })])).toMatchObject({ ok: false, detail: expect.stringContaining('log set back: intake') });
  });
});

describe('the health of the quarantine', () => {
  const kept = (source: string) => ({ source, index: 6, type: 'x', reason: `about ${source}`, bytes: Buffer.of(), at: '2026-03-02T01:30:00.000Z' });

  it('is degraded by messages, and fails while nobody signed for a log that was set back', () => {
    expect(quarantineCheck([])).toMatchObject({ ok: true, degraded: false });
    expect(quarantineCheck([kept('intake'), kept('intake!stray')])).toMatchObject({ ok: true, degraded: true, detail: '2 messages put aside' });
    expect(quarantineCheck([kept('intake'), kept('intake!set-back')])).toMatchObject({ ok: false, detail: 'about intake!set-back' });
    expect(quarantineCheck([kept('quality!stream-ahead')])).toMatchObject({ ok: false, detail: 'about quality!stream-ahead' });
  });
});
