import { anAppend, anEvent, aQuarantineEntry } from './builders.js';
import type { Current } from './current.js';

export function inboxContract(current: Current, durable: boolean): void {
  const mark = async (source: string, ...indexes: number[]) => {
    for (const index of indexes) await current.store.markInbox({ source, index });
  };
  const position = async (source = 'quality') => current.store.inboxPosition(source);
  const seen = async (index: number, source = 'quality') => current.store.inboxSeen({ source, index });

  it('given nothing from a source, then its first message is expected', async () => {
    expect(await position()).toBe(0);
    expect(await seen(0)).toBe(false);
  });

  it('given messages marked ahead of a missing one, when it arrives, then the position passes all of them', async () => {
    await mark('quality', 0, 4, 2, 3);
    expect(await position()).toBe(1);
    expect([await seen(0), await seen(1), await seen(2), await seen(4), await seen(5)]).toEqual([true, false, true, true, false]);
    await mark('quality', 1);
    expect(await position()).toBe(5);
    expect(await seen(5)).toBe(false);
  });

  it('given two sources, then each has its own position, and marking twice changes nothing', async () => {
    await mark('quality', 0, 0, 1, 0);
    await mark('intake', 1, 1);
    expect([await position('quality'), await position('intake')]).toEqual([2, 0]);
  });

  it('given an append that answers a message, then the mark is made with the events and not without them', async () => {
    const inbox = { source: 'quality', index: 0 };
    await current.store.append(anAppend({ expectedVersion: 3, inbox }));
    expect(await seen(0)).toBe(false);
    await current.store.append(anAppend({ commandId: 'react', inbox }));
    expect(await position()).toBe(1);
    await current.store.append(anAppend({ commandId: 'react', fingerprint: 'other', inbox: { source: 'quality', index: 1 } }));
    expect(await position()).toBe(1);
    await current.store.append(anAppend({ commandId: 'react', inbox: { source: 'quality', index: 1 } }));
    expect(await position()).toBe(2);
  });

  it('given an append of one turn with refused content, then its mark is not made either', async () => {
    const refused = current.store.append(anAppend({ events: [anEvent({ data: { amount: 0.1 } })], inbox: { source: 'quality', index: 0 } }));
    await expect(refused).rejects.toThrow('amount');
    expect(await seen(0)).toBe(false);
  });

  it('given a message that cannot be dealt with, when it is quarantined, then it is kept byte for byte and passed by', async () => {
    const later = aQuarantineEntry({ index: 3, reason: 'always fails' });
    await current.store.quarantine(later);
    await current.store.quarantine(aQuarantineEntry());
    expect((await current.store.quarantined()).map((entry) => ({ ...entry, bytes: [...entry.bytes] }))).toEqual([
      { ...aQuarantineEntry(), bytes: [0, 255, 13, 10] }, { ...later, bytes: [0, 255, 13, 10] },
    ]);
    expect([await position(), await seen(3)]).toEqual([1, true]);
  });

  it('given a quarantined message, when it fails again or is released, then the last reason stands or it is gone, and stays marked', async () => {
    await current.store.quarantine(aQuarantineEntry());
    await current.store.quarantine(aQuarantineEntry({ reason: 'failed again' }));
    expect((await current.store.quarantined()).map(({ reason }) => reason)).toEqual(['failed again']);
    await current.store.releaseFromQuarantine({ source: 'quality', index: 0 });
    await current.store.releaseFromQuarantine({ source: 'quality', index: 0 });
    expect(await current.store.quarantined()).toEqual([]);
    expect(await seen(0)).toBe(true);
  });

  if (!durable) return;

  it('given marks and a quarantined message, when the log is opened again, then they are still there', async () => {
    await mark('quality', 0, 2);
    await current.store.quarantine(aQuarantineEntry({ source: 'intake' }));
    await current.reopen();
    expect([await position(), await seen(2), await seen(1)]).toEqual([1, true, false]);
    expect(await current.store.quarantined()).toHaveLength(1);
  });
}
