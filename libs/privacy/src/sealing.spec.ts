import { randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import type { Sealed } from 'aftercare/kernel';
import { openMemoryVault } from './memory-vault.js';
import { NotSealable, open, seal, SealBroken, type Place } from './sealing.js';
import type { SubjectKeyVault } from './vault.js';

const place: Place = { log: 'intake', eventId: '01890000-0000-7000-8000-000000000001' };
const subject = '01890000-0000-7000-8000-00000000000a';

function fieldOf(sealed: Readonly<Record<string, Sealed>>, field: string): Sealed {
  const found = sealed[field];
  if (!found) throw new Error(`no field ${field}`);
  return found;
}

describe('sealing personal data', () => {
  let vault: SubjectKeyVault;
  beforeEach(() => { vault = openMemoryVault(); });

  it.each([
    ['a name', '李小明'], ['nothing', ''], ['emoji across chunk borders', '👩‍👩‍👧😀'.repeat(999)], ['1 MB', '病'.repeat(350_000)],
  ])('%s comes back as it was', async (_what, text) => {
    const sealed = await seal(vault, place, { subject, fields: { name: text } });
    expect(JSON.stringify(sealed)).not.toContain('李小明');
    expect(await open(vault, place, JSON.parse(JSON.stringify(sealed)))).toEqual({ subject, fields: { name: text } });
  });

  it('any well-formed texts in any fields come back, `__proto__` included', async () => {
    const text = fc.string({ unit: 'binary' });
    await fc.assert(fc.asyncProperty(fc.dictionary(text, text), async (fields) => {
      fc.pre(Object.keys(fields).length > 0);
      const back = await open(vault, place, await seal(vault, place, { subject, fields }));
      expect(Object.entries(back?.fields ?? {})).toEqual(Object.entries(fields));
    }));
  });

  it('the same text is sealed differently each time', async () => {
    const personal = { subject, fields: { a: 'x', b: 'x' } };
    const [first, second] = [await seal(vault, place, personal), await seal(vault, place, personal)];
    const ivs = [first, second].flatMap((sealed) => ['a', 'b'].map((field) => fieldOf(sealed, field).c.slice(0, 16)));
    expect(new Set(ivs).size).toBe(4);
  });

  describe('a sealed text moved', () => {
    const moves: readonly [string, (sealed: Sealed) => readonly [Place, Record<string, Sealed>]][] = [
      ['to another event', (text) => [{ ...place, eventId: randomUUID() }, { name: text }]],
      ['to another log', (text) => [{ ...place, log: 'quality' }, { name: text }]],
      ['to another field', (text) => [place, { phone: text }]],
      ['between log and event so that the joined words stay', (text) => [{ log: 'intak', eventId: `e${place.eventId}` }, { name: text }]],
    ];
    it.each(moves)('%s does not open', async (_where, move) => {
      const sealed = fieldOf(await seal(vault, place, { subject, fields: { name: '李小明' } }), 'name');
      await expect(open(vault, ...move(sealed))).rejects.toThrow(SealBroken);
      expect(await open(vault, place, { name: sealed })).toEqual({ subject, fields: { name: '李小明' } });
    });

    it('to another person does not open', async () => {
      const other = randomUUID();
      await vault.keyFor(other);
      const sealed = fieldOf(await seal(vault, place, { subject, fields: { name: '李小明' } }), 'name');
      await expect(open(vault, place, { name: { ...sealed, s: other } })).rejects.toThrow(SealBroken);
    });
  });

  it('no altered byte opens, and no shortened body', async () => {
    const sealed = fieldOf(await seal(vault, place, { subject, fields: { name: '李' } }), 'name');
    const body = Buffer.from(sealed.c, 'base64');
    for (let i = 0; i < body.length; i += 1) {
      const altered = Buffer.from(body);
      altered[i] = (altered[i] ?? 0) ^ 1;
      await expect(open(vault, place, { name: { ...sealed, c: altered.toString('base64') } })).rejects.toThrow(SealBroken);
      const shorter = body.subarray(0, i).toString('base64');
      await expect(open(vault, place, { name: { ...sealed, c: shorter } })).rejects.toThrow(SealBroken);
    }
  });

  it('a field whose key is gone is left out, the others open', async () => {
    const kept = await seal(vault, place, { subject, fields: { name: '李' } });
    const gone = { phone: { ...fieldOf(kept, 'name'), s: randomUUID() } };
    expect(await open(vault, place, { ...kept, ...gone })).toEqual({ subject, fields: { name: '李' } });
    expect(await open(vault, place, gone)).toEqual({ subject: gone.phone.s, fields: {} });
    expect(await open(vault, place, null)).toBeNull();
  });

  it('a text with half a surrogate pair is refused instead of changed', async () => {
    await expect(seal(vault, place, { subject, fields: { name: 'a\ud83d' } })).rejects.toThrow(NotSealable);
    await expect(seal(vault, place, { subject, fields: { 'a\ud83d': 'x' } })).rejects.toThrow(NotSealable);
  });

  it('what is authenticated is the RFC 8785 form', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(fc.property(text, text, text, text, fc.nat(), (...parts) => {
      expect(JSON.stringify(parts)).toBe(canonicalize(parts));
    }));
  });
});
