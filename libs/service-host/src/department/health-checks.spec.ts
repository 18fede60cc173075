import type { SourceStatus } from 'aftercare/messaging';
import { sourcesCheck } from './health-checks.js';

const listening = (over: Partial<SourceStatus> = {}): SourceStatus => ({
  source: 'intake', state: 'listening', due: 7, open: 0, lastBeat: new Date().toISOString(), missingSince: null, isOwnerBehind: false, isStoreAway: false, ...over,
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

  it('fails when a neighbour was set back, because its new events would pass for known ones', () => {
    expect(sourcesCheck([listening({ isOwnerBehind: true })])).toMatchObject({ ok: false, detail: expect.stringContaining('log set back: intake') });
  });
});
