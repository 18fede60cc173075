import { planOf } from './service-plan.js';

const surroundings = { dataDir: '/data', natsUrl: 'nats://127.0.0.1:1', natsIdentities: null, jwksFile: '/data/keys.json', urls: { quality: 'http://127.0.0.1:1', intake: 'http://127.0.0.1:2', gateway: 'http://127.0.0.1:3' } };
const settingOf = (service: string): string | undefined => planOf(service, surroundings, () => ({ file: 'true', args: [] })).env?.['AFTERCARE_STORE'];

describe('what a service is told', () => {
  afterEach(() => { for (const name of ['AFTERCARE_STORE', 'AFTERCARE_STORE_QUALITY', 'AFTERCARE_STORE_GATEWAY']) delete process.env[name]; });

  it('given an engine for one department, then that department is told, and no other', () => {
    Object.assign(process.env, { AFTERCARE_STORE_QUALITY: 'postgres://secret@db/quality', AFTERCARE_STORE_GATEWAY: 'sqlite', AFTERCARE_STORE: 'sqlite:/everybody' });
    expect([settingOf('quality'), settingOf('intake'), settingOf('gateway')]).toEqual(['postgres://secret@db/quality', undefined, undefined]);
    const env = planOf('intake', surroundings, () => ({ file: 'true', args: [] })).env ?? {};
    expect(Object.keys(env).filter((name) => name.startsWith('AFTERCARE_STORE'))).toEqual([]);
  });

  it('given no setting, then the department takes its usual engine', () => {
    expect(settingOf('quality')).toBeUndefined();
  });
});
