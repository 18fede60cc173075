import { departmentNumbers } from './department-numbers.js';
import type { Connection } from './connection.js';

it('counts what a department has not dealt with, and leaves out one that does not answer', async () => {
  const status = (head: number, due: number, quarantined: number, isOwnerBehind: boolean, waiting: object = {}) =>
    ({ head, views: { lagEvents: 1 }, relay: { lag: 2 }, sources: [{ source: 'intake', due, isOwnerBehind, ...waiting }, { source: 'billing', due: 0, isOwnerBehind: false, ...waiting }], quarantined });
  const answers: Record<string, object> = {
    '/intake/operations/status': status(10, 10, 0, false), '/quality/operations/status': status(4, 3, 5, true, { waitsFor: 'the case is under example@2' }),
    '/billing/operations/status': status(0, 10, 0, false, { waitsFor: null }),
  };
  const request = async (path: string): Promise<Response> => {
    if (!answers[path]) throw new Error('away');
    return Response.json(answers[path]);
  };
  const numbers = await departmentNumbers({ url: '', request, get: async () => { throw new Error('not asked'); } } satisfies Connection, ['intake', 'quality', 'billing', 'surveys']);
  expect([...numbers]).toEqual([
    ['intake', { events: 10, lag: 3, quarantined: 0, setBack: [], waitsFor: [] }],
    ['quality', { events: 4, lag: 10, quarantined: 5, setBack: ['intake'], waitsFor: ['the case is under example@2'] }],
    ['billing', { events: 0, lag: 3, quarantined: 0, setBack: [], waitsFor: [] }],
  ]);
});
