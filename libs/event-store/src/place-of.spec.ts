import { resolve } from 'node:path';
import { openStore, placeOf } from './open-store.js';

describe('the name of a place', () => {
  it.each([
    ['sqlite', 'sqlite:/data/quality'],
    ['sqlite:/mnt/fast/../fast', 'sqlite:/mnt/fast'],
    ['sqlite:beside', `sqlite:${resolve('beside')}`],
    ['postgres://desk:secret@db.example:5433/quality?sslpassword=secret', 'postgres://db.example:5433/quality'],
    ['postgres://db.example/quality?user=desk&password=a@secret', 'postgres://…'],
    ['postgres://desk:se?cret@db.example/quality', 'postgres://…'],
    ['postgres://desk:se@cret@db.example/quality', 'postgres://db.example/quality'],
    ['kurrentdb://u:secret@a:2113,b:2113?tls=true', 'kurrentdb://a:2113,b:2113'],
  ])('of %s is %s, without secrets', (setting, place) => {
    expect(placeOf(setting, '/data/quality')).toBe(place);
    expect(placeOf(setting, '/data/quality')).not.toContain('cret');
  });

  it('given a setting that names no engine, then the error names what held it', async () => {
    await expect(openStore('foo://u:secret@x', { log: 'intake', dataDir: '/nowhere', namedBy: '--to' })).rejects.toThrow(/^--to names no engine \("foo"\)/);
    await expect(openStore('foo', { log: 'intake', dataDir: '/nowhere' })).rejects.toThrow(/^AFTERCARE_STORE names no engine/);
  });
});
