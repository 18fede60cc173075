import { anAppend, anEvent, aQuarantineEntry } from './builders.js';
import type { Current, It } from './place.js';

export function inboxContract(it: It, current: Current, durable: boolean): void {
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

  it('given 200 messages in any order and half of them twice, then the position passes all, whatever was marked ahead', async () => {
    const shuffled = Array.from({ length: 200 }, (_, i) => (i * 77) % 200);
    await mark('quality', ...shuffled.filter((index) => index !== 0), ...shuffled.filter((index) => index % 2 === 1));
    expect([await position(), await seen(199), await seen(200)]).toEqual([0, true, false]);
    await mark('quality', 0);
    expect(await position()).toBe(200);
    await mark('quality', 3, 199);
    expect(await position()).toBe(200);
  });

  it('given marks and appends of one turn, then all are made', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => index % 2 === 0
      ? current.store.markInbox({ source: 'quality', index })
      : current.store.append(anAppend({ stream: `s-${index}`, inbox: { source: 'quality', index } }))));
    expect([await position(), await current.store.head()]).toEqual([20, 10]);
  });

  it('given a quarantined message, then the command that settles it releases it with its events, and no other does', async () => {
    const releases = { source: 'quality', index: 0 };
    const left = async () => (await current.store.quarantined()).length;
    await current.store.quarantine(aQuarantineEntry());
    await current.store.quarantine(aQuarantineEntry({ index: 1 }));
    await current.store.append(anAppend({ expectedVersion: 4, releases }));
    await expect(current.store.append(anAppend({ events: [anEvent({ data: { n: 0.1 } })], releases }))).rejects.toThrow('n');
    expect(await left()).toBe(2);
    await current.store.append(anAppend({ commandId: 'retry' }));
    await current.store.append(anAppend({ commandId: 'retry', fingerprint: 'other', releases }));
    expect(await left()).toBe(2);
    await current.store.append(anAppend({ commandId: 'settles', expectedVersion: 0, releases }));
    expect((await current.store.quarantined()).map(({ index }) => index)).toEqual([1]);
    await current.store.append(anAppend({ commandId: 'settles', releases: { source: 'quality', index: 1 } }));
    expect([await left(), await seen(0), await seen(1), await position()]).toEqual([0, true, true, 2]);
    await current.store.append(anAppend({ commandId: 'again', expectedVersion: 1, releases }));
    expect(await current.store.head()).toBe(3);
  });

  it('given quarantined messages of several sources, then they are listed by source and by number, not by text', async () => {
    for (const [source, index] of [['quality', 10], ['quality', 9], ['billing', 2], ['Ümlaut', 0], ['Zoll', 0], ['a', 100]] as const) {
      await current.store.quarantine(aQuarantineEntry({ source, index, reason: '失败 "\'\u0000\n', type: 'x' }));
    }
    const listed = await current.store.quarantined();
    expect(listed.map(({ source, index }) => `${source} ${index}`)).toEqual(['Zoll 0', 'a 100', 'billing 2', 'quality 9', 'quality 10', 'Ümlaut 0']);
    expect(listed[0]?.reason).toBe('失败 "\'\u0000\n');
  });

  it('given the sender reuses its buffer, then the quarantined bytes stay what they were', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const kept = current.store.quarantine(aQuarantineEntry({ bytes }));
    bytes.fill(0);
    await kept;
    const [entry] = await current.store.quarantined();
    expect(Buffer.from(entry?.bytes ?? []).toString('hex')).toBe(Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('hex'));
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
