import { departmentNumbers } from './department-numbers.js';
import type { Connection } from './connection.js';

it('counts what a department has not dealt with, and leaves out one that does not answer', async () => {
  const status = (head: number, due: number, quarantined: number, isOwnerBehind: boolean, waiting: object = {}) =>
    ({ head, views: { lagEvents: 1 }, relay: { lag: 2 }, sources: [{ source: 'intake', due, isOwnerBehind, ...waiting }, { source: 'billing', due: 0, isOwnerBehind: false, ...waiting }], quarantined });
  const forPeople = { openDecisions: { open: 2, oldestSince: '2026-03-11T06:00:00.000Z' }, policy: { today: '2026-08-01', adoption: 'ours@1', validTo: '2026-07-31', ended: true, endsInDays: -1 } };
  const answers: Record<string, object> = {
    '/intake/operations/status': status(10, 10, 0, false),
    '/quality/operations/status': { ...status(4, 3, 5, true, { waitsFor: 'the case is under example@2' }), ...forPeople },
    '/billing/operations/status': status(0, 10, 0, false, { waitsFor: null }),
  };
  const request = async (path: string): Promise<Response> => {
    if (!answers[path]) throw new Error('away');
    return Response.json(answers[path]);
  };
  const numbers = await departmentNumbers({ url: '', request, get: async () => { throw new Error('not asked'); } } satisfies Connection, ['intake', 'quality', 'billing', 'surveys']);
  expect([...numbers]).toEqual([
    ['intake', { events: 10, lag: 3, quarantined: 0, setBack: [], waitsFor: [], openDecisions: null, policy: null }],
    ['quality', { events: 4, lag: 10, quarantined: 5, setBack: ['intake'], waitsFor: ['the case is under example@2'], ...forPeople }],
    ['billing', { events: 0, lag: 3, quarantined: 0, setBack: [], waitsFor: [], openDecisions: null, policy: null }],
  ]);
});
