import { whereEverythingIs } from './where-everything-is.js';

it('shows where the bus is and not what opens it', () => {
  const state = {
    dataDir: '/srv/a', launcherPid: 2, startedAt: '2026-03-01T01:00:00.000Z', readyAt: null, gatewayUrl: 'http://127.0.0.1:4300', services: {},
    natsIdentities: null, natsUrl: 'nats://s3cret@127.0.0.1:4222', privateKeyFile: '', jwksFile: '',
  };
  const shown = whereEverythingIs(state, 1_000, false);
  expect(shown).toContain('nats://127.0.0.1:4222');
  expect(shown).not.toContain('s3cret');
});
